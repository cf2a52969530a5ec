package jwt

type Token struct{ Claims any }

type Keyfunc func(*Token) (any, error)

type MapClaims map[string]any

func Parse(tokenString string, keyFunc Keyfunc) (*Token, error) { return &Token{}, nil }

func ParseWithClaims(tokenString string, claims any, keyFunc Keyfunc) (*Token, error) {
	return &Token{}, nil
}

type Parser struct{}

func (p *Parser) ParseUnverified(tokenString string, claims any) (*Token, []string, error) {
	return &Token{}, nil, nil
}
