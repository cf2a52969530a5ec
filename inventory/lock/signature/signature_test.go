package signature

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Keys and signatures that minisign 0.11 made, of the text "hello\n".
const (
	foreignPublic = "untrusted comment: minisign public key 789188C407097B48\nRWRIewkHxIiReHc7dStQ7zktdSGWoL5PfMwuOGv0LEHYbxKrm/nYdkqw\n"
	foreignSecret = "untrusted comment: minisign encrypted secret key\n" +
		"RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAASHsJB8SIkXiuRQtP9Dnq0rVV6hzjAHMHcK/PHSHrWhSMFa3wVcEXOnc7dStQ7zktdSGWoL5PfMwuOGv0LEHYbxKrm/nYdkqwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	foreignSignature = "untrusted comment: un\n" +
		"RURIewkHxIiReGe8rTozhv2tFgwJVFYTSwiwBC+42CWCswLRNRLTXlZSHyxDU88qHmCFAwO/QUKwx9g/TkFWEt5U+d3l+xBmzAQ=\n" +
		"trusted comment: some words\n" +
		"COdnN/trnY0kONck5UNXXoxKsDCdweK66BjJEAHBfqBJnFlgXFNUliKrjppdnuLAWQo9hzj9yFdavyvb02S/Bw==\n"
	olderSignature = "untrusted comment: signature from minisign secret key\n" +
		"RWRIewkHxIiRePrt61kKJGgWRLmbXVkic2pERdKFmuwp8mi4HeF4pphN7AGdtEeoNxKtjLhtYKzrouykvFo3Nqy6o5KAqRuuMwM=\n" +
		"trusted comment: old\n" +
		"fqSev+2BAFJQWcT0yEzHUfStBNt9InMVlJeC/hdprlWjnh/L8DrZblk9UrsNtqBgkHs74Lpfl1iqpaIeTYUEDQ==\n"
	// With the password "secret words".
	lockedSecret = "untrusted comment: minisign encrypted secret key\n" +
		"RWRTY0Iy5z8/jeHqniSz+c52+8e3GN20jHMkonqf0e8UAzEJ6RMAAAACAAAAAAAAAEAAAAAA0HMJ7o+vreL2Jubf7j3RBp1vxRR3t27SlVyvUmhAZ8ZXgFya4jYEWOXTwyWOnCbzKJCq2DsDR7zfdbeiZWmNI1Hs9+KHR70BAlq2OdCM37hN+lYEHmdN7Ds8QQodKCis43AV/U0kP+o=\n"
	lockedPublic = "RWTWMBP2nGB2EEvSQ8K76GTDbWMJ7WwwwH1BkqorTBOlD8UO3VyLafIN"
)

var hello = []byte("hello\n")

func noPassword() ([]byte, error) { return nil, errors.New("a password is wanted") }

func public(t *testing.T, text string) *PublicKey {
	t.Helper()
	k, err := ParsePublicKey([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func secret(t *testing.T, text string) *SecretKey {
	t.Helper()
	k, err := ParseSecretKey([]byte(text), noPassword)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestForeignSignature(t *testing.T) {
	k := public(t, foreignPublic)
	if k.ID() != "789188C407097B48" {
		t.Errorf("the key is %s", k.ID())
	}
	if comment, err := k.Verify(hello, []byte(foreignSignature)); err != nil || comment != "some words" {
		t.Errorf("%q, %v", comment, err)
	}
	if got := secret(t, foreignSecret).Public().Text(); string(got) != foreignPublic {
		t.Errorf("the other half of the secret key is %s", got)
	}
}

// Every bit counts, of the text and of the signature, but for the comment that says of
// itself that it is untrusted.
func TestBitFlips(t *testing.T) {
	k := secret(t, foreignSecret)
	mac, err := ParseMACKey([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("# pickle.lock 1\n\nblob models/rank.pkl\n  sha256 " + strings.Repeat("5a", 32) +
		"\n  size 12\n  first-seen 2026-11-26\n  pickle\n    protocol 4\n    global collections.OrderedDict\n\nend\n")
	sig, err := k.Sign(text, "made on a day")
	if err != nil {
		t.Fatal(err)
	}
	free := bytes.IndexByte(sig, '\n')
	for _, tt := range []struct {
		name   string
		sig    []byte
		from   int
		verify func(text, sig []byte) error
	}{
		{"minisign", sig, free, func(text, sig []byte) error { _, err := k.Public().Verify(text, sig); return err }},
		{"hmac", mac.Sign(text), 0, mac.Verify},
	} {
		if err := tt.verify(text, tt.sig); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		for i := range 8 * len(text) {
			if tt.verify(flipped(text, i), tt.sig) == nil {
				t.Errorf("%s: bit %d of the text does not count", tt.name, i)
			}
		}
		for i := 8 * tt.from; i < 8*len(tt.sig); i++ {
			if tt.verify(text, flipped(tt.sig, i)) == nil {
				t.Errorf("%s: bit %d of the signature does not count: %q", tt.name, i, flipped(tt.sig, i))
			}
		}
		for i := range tt.sig {
			if tt.verify(text, tt.sig[:i]) == nil {
				t.Errorf("%s: the first %d bytes are enough", tt.name, i)
			}
		}
		if tt.verify(text, append(bytes.Clone(tt.sig), '\n')) == nil {
			t.Errorf("%s: something may stand behind the signature", tt.name)
		}
	}
	for i := range 8 * free {
		if comment, err := k.Public().Verify(text, flipped(sig, i)); err == nil && comment != "made on a day" {
			t.Errorf("bit %d of the untrusted comment changes the trusted one: %q", i, comment)
		}
	}
}

func flipped(b []byte, bit int) []byte {
	b = bytes.Clone(b)
	b[bit/8] ^= 1 << (bit % 8)
	return b
}

func TestWrongSignatures(t *testing.T) {
	k := public(t, foreignPublic)
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.Sign(hello, "x")
	if err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(foreignSignature, "\n"), strings.Split(string(foreign), "\n")
	mixed := strings.Join([]string{a[0], a[1], b[2], a[3], ""}, "\n")
	for _, tt := range []struct{ sig, want string }{
		{"", "no signature of minisign"},
		{olderSignature, "older form"},
		{string(foreign), "it was signed with key " + other.ID() + ", and not with key 789188C407097B48"},
		{mixed, "the trusted comment is not the one that was signed"},
		{strings.ReplaceAll(foreignSignature, "\n", "\r\n"), "CR LF"},
	} {
		if _, err := k.Verify(hello, []byte(tt.sig)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.sig, err, tt.want)
		}
	}
	if _, err := other.Sign(hello, "two\nlines"); err == nil {
		t.Error("a comment of two lines is signed")
	}
}

func TestWrongKeys(t *testing.T) {
	damaged := strings.Replace(foreignSecret, "XOnc7dStQ", "XOnc8dStQ", 1)
	secretErr := func(text string) error { _, err := ParseSecretKey([]byte(text), noPassword); return err }
	publicErr := func(text string) error { _, err := ParsePublicKey([]byte(text)); return err }
	macErr := func(text string) error { _, err := ParseMACKey([]byte(text)); return err }
	for _, tt := range []struct {
		err  error
		want string
	}{
		{secretErr(foreignPublic), "this is no secret key of minisign"},
		{secretErr(damaged), "damaged"},
		{secretErr(lockedSecret), "a password is wanted"},
		{publicErr("RWRI"), "this is no public key of minisign"},
		{publicErr(foreignSecret), "this is a secret key"},
		{macErr("short"), "can be guessed"},
		// Whoever knows the public key could sign with it.
		{macErr(foreignPublic), "no secret for HMAC"},
		{macErr(lockedPublic), "no secret for HMAC"},
	} {
		if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
			t.Errorf("%v, want %s", tt.err, tt.want)
		}
	}
	for _, end := range []string{"\n", "\r\n"} {
		a, _ := ParseMACKey([]byte(strings.Repeat("k", 40)))
		b, err := ParseMACKey([]byte(strings.Repeat("k", 40) + end))
		if err != nil || a.ID() != b.ID() {
			t.Errorf("the end of the line counts: %v", err)
		}
	}
}

func TestSecretKeyComesBack(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	back := secret(t, string(k.Text()))
	if !bytes.Equal(back.Public().Text(), k.Public().Text()) {
		t.Error("another key comes back")
	}
}

// The numbers are those of libsodium for its interactive and its sensitive limits.
func TestCosts(t *testing.T) {
	for _, tt := range []struct {
		ops, mem uint64
		n, p     int
	}{{524288, 16777216, 1 << 14, 1}, {33554432, 1 << 30, 1 << 20, 1}, {1048576, 33554432, 1 << 15, 1}} {
		if n, p := costs(tt.ops, tt.mem); n != tt.n || p != tt.p {
			t.Errorf("%d, %d: n %d, p %d", tt.ops, tt.mem, n, p)
		}
	}
}

// Opening such a key takes a gigabyte of memory, as minisign wants it.
func TestPassword(t *testing.T) {
	if os.Getenv("PICKLE_REAL") == "" {
		t.Skip("takes a gigabyte of memory: set PICKLE_REAL=1")
	}
	k, err := ParseSecretKey([]byte(lockedSecret), func() ([]byte, error) { return []byte("secret words"), nil })
	if err != nil || k.Public().ID() != public(t, lockedPublic).ID() {
		t.Fatal(err)
	}
	if _, err := ParseSecretKey([]byte(lockedSecret), func() ([]byte, error) { return []byte("other words"), nil }); err == nil || !strings.Contains(err.Error(), "password of the secret key is wrong") {
		t.Error(err)
	}
}

// minisign takes what is signed here, and the other way round.
func TestAgainstMinisign(t *testing.T) {
	program, err := exec.LookPath("minisign")
	if err != nil {
		t.Skip("minisign is not installed")
	}
	dir := t.TempDir()
	put := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(args ...string) string {
		out, err := exec.Command(program, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("minisign %s: %v\n%s", args, err, out)
		}
		return string(out)
	}
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := k.Sign(hello, "two blobs, 2026-11-26")
	if err != nil {
		t.Fatal(err)
	}
	text, pub, key := put("text", hello), put("key.pub", k.Public().Text()), put("key", k.Text())
	if out := run("-V", "-H", "-p", pub, "-m", text, "-x", put("sig", sig)); !strings.Contains(out, "two blobs, 2026-11-26") {
		t.Error(out)
	}
	theirs := filepath.Join(dir, "theirs")
	run("-S", "-W", "-s", key, "-m", text, "-x", theirs, "-t", "by minisign")
	made, err := os.ReadFile(theirs)
	if err != nil {
		t.Fatal(err)
	}
	if comment, err := k.Public().Verify(hello, made); err != nil || comment != "by minisign" {
		t.Errorf("%q, %v", comment, err)
	}
}

func FuzzVerify(f *testing.F) {
	k, err := ParsePublicKey([]byte(foreignPublic))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(foreignSignature))
	f.Add([]byte(olderSignature))
	f.Fuzz(func(t *testing.T, sig []byte) {
		if comment, err := k.Verify(hello, sig); err == nil && comment != "some words" {
			t.Errorf("%q is a signature", sig)
		}
	})
}
