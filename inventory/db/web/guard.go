package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// ShortestToken is how many characters a token has at least.
const ShortestToken = 16

// CheckToken refuses a token that can be guessed or sent by no browser.
func CheckToken(token string) error {
	if len(token) < ShortestToken || len(token) > 512 {
		return fmt.Errorf("the token has %d characters: want %d to 512, for example from `openssl rand -hex 16`", len(token), ShortestToken)
	}
	if strings.Trim(token, "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") != "" {
		return errors.New("the token has spaces or characters that are not ASCII")
	}
	return nil
}

// Loopback reports an address that only this machine reaches.
func Loopback(addr net.Addr) bool {
	a, err := netip.ParseAddrPort(addr.String())
	return err == nil && a.Addr().Unmap().IsLoopback()
}

// policy lets nothing run, load or frame but what is ours.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard asks everybody who they are before a page is made.
type guard struct {
	next http.Handler
	// hosts are the names that the server has, or nil for any.
	hosts []string
	token string
	login http.Handler
}

const cookieName = "pickle-inventory"

// session is what a browser keeps: not the token, which also opens the door to programs.
func session(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("pickle-inventory session"))
	return hex.EncodeToString(mac.Sum(nil))
}

// same compares in constant time, whatever the lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	// A page of somebody else whose name leads here must not read what is here.
	if g.hosts != nil && !slices.Contains(g.hosts, strings.ToLower(r.Host)) {
		http.Error(w, "this server is called "+g.hosts[0], http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && (r.Method != http.MethodPost || r.URL.Path != "/login") {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "nothing can be changed here", http.StatusMethodNotAllowed)
		return
	}
	if g.token == "" || strings.HasPrefix(r.URL.Path, "/static/") || g.known(r) {
		g.next.ServeHTTP(w, r)
		return
	}
	if r.URL.Path == "/login" {
		g.enter(w, r)
		return
	}
	h.Set("WWW-Authenticate", `Bearer realm="pickle-inventory"`)
	w.WriteHeader(http.StatusUnauthorized)
	g.login.ServeHTTP(w, r)
}

func (g *guard) known(r *http.Request) bool {
	if word, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return same(word, g.token)
	}
	cookie, err := r.Cookie(cookieName)
	return err == nil && same(cookie.Value, session(g.token))
}

// enter takes a token that somebody has typed.
func (g *guard) enter(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, formBytes)
		if err := r.ParseForm(); err != nil {
			http.Error(w, "that is no form", http.StatusBadRequest)
			return
		}
		if same(r.PostForm.Get("token"), g.token) {
			http.SetCookie(w, &http.Cookie{
				Name: cookieName, Value: session(g.token), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int((12 * time.Hour).Seconds()),
				Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
			})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		// Guesses should take their time; a token of 16 characters needs more of them than there is time for.
		select {
		case <-time.After(300 * time.Millisecond):
		case <-r.Context().Done():
		}
		w.WriteHeader(http.StatusForbidden)
	}
	g.login.ServeHTTP(w, r)
}

// hostsOf are the names under which a server on loopback may be asked.
func hostsOf(addr net.Addr) []string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return []string{addr.String()}
	}
	var out []string
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		out = append(out, net.JoinHostPort(name, port))
	}
	if port == "80" {
		out = append(out, "localhost", "127.0.0.1", "[::1]")
	}
	if own := strings.ToLower(addr.String()); !slices.Contains(out, own) {
		out = append(out, own)
	}
	return out
}
