package securecookie

type Codec interface {
	Decode(name, value string, dst any) error
}

type SecureCookie struct{}

func New(hashKey, blockKey []byte) *SecureCookie { return &SecureCookie{} }

func (s *SecureCookie) Decode(name, value string, dst any) error { return nil }

func DecodeMulti(name, value string, dst any, codecs ...Codec) error { return nil }
