// Package serves sends things to others.
package serves

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/hydrogen18/stalecucumber"
	pickle "github.com/kisielk/og-rek"
)

func responses(w http.ResponseWriter, v any) {
	pickle.NewEncoder(w).Encode(v)                                               // want "PKL308 serves-pickle: github.com/kisielk/og-rek.NewEncoder writes pickles to a peer without a justification"
	pickle.NewEncoderWithConfig(w, &pickle.EncoderConfig{Protocol: 2}).Encode(v) // want "writes pickles to a peer"
	stalecucumber.NewPickler(w).Pickle(v)                                        // want "writes pickles to a peer"
	zw := gzip.NewWriter(w)
	pickle.NewEncoder(zw).Encode(v)                           // want "writes pickles to a peer"
	pickle.NewEncoder(bufio.NewWriter(zw)).Encode(v)          // want "writes pickles to a peer"
	pickle.NewEncoder(io.MultiWriter(os.Stderr, w)).Encode(v) // want "writes pickles to a peer"
	var buf bytes.Buffer
	pickle.NewEncoder(&buf).Encode(v) // want "writes pickles to a peer"
	w.Write(buf.Bytes())
}

func connections(c net.Conn, t *tls.Conn, v any) {
	pickle.NewEncoder(c).Encode(v) // want "writes pickles to a peer"
	pickle.NewEncoder(t).Encode(v) // want "writes pickles to a peer"
	dialed, _ := net.Dial("tcp", "graphite:2004")
	stalecucumber.NewPickler(dialed).Pickle(v) // want "writes pickles to a peer"
	buf := new(bytes.Buffer)
	pickle.NewEncoder(buf).Encode(v) // want "writes pickles to a peer"
	io.Copy(c, buf)
}

func requests(v any) {
	var buf bytes.Buffer
	pickle.NewEncoder(&buf).Encode(v) // want "writes pickles to a peer"
	req, _ := http.NewRequest("POST", "https://example.com", &buf)
	req.Header.Set("content-type", "application/x-python-pickle; v=2") // want "net/http.Header.*Set sends application/x-python-pickle"
}

func local(v any, w io.Writer) {
	f, _ := os.Create("x")
	pickle.NewEncoder(f).Encode(v)
	pickle.NewEncoder(w).Encode(v)
	pickle.NewEncoder(httptest.NewRecorder()).Encode(v)
	var buf bytes.Buffer
	pickle.NewEncoder(&buf).Encode(v)
	os.WriteFile("x", buf.Bytes(), 0o600)
}

func files(w http.ResponseWriter, r *http.Request, id string, content io.ReadSeeker) {
	http.ServeFile(w, r, "models/latest.pkl")                           // want `net/http.ServeFile sends "latest.pkl", a pickle by its name, without a justification`
	http.ServeFile(w, r, filepath.Join("/srv", id+".pt"))               // want "a pickle by its name"
	http.ServeContent(w, r, "model.JOBLIB", time.Time{}, content)       // want "a pickle by its name"
	http.ServeFileFS(w, r, os.DirFS("."), fmt.Sprintf("%s.pickle", id)) // want "a pickle by its name"
	http.ServeFile(w, r, "models/latest.safetensors")
	http.ServeFile(w, r, id)
	http.ServeContent(w, r, "x.npy", time.Time{}, content)
	//picklelint:trust boundary=cluster reason="workers fetch it over mTLS and check its signature"
	http.ServeFile(w, r, "models/latest.pkl")
}

func headers(w http.ResponseWriter, c *gin.Context, b []byte) {
	w.Header().Set("Content-Type", "application/python-pickle")               // want "sends application/python-pickle"
	w.Header().Add("Content-Disposition", `attachment; filename="model.pkl"`) // want "sends a file that is a pickle by its name"
	w.Header().Set("Accept", "application/python-pickle")
	w.Header().Set("Content-Type", "application/json")
	c.Data(200, "application/x-pickle", b) // want "sends application/x-pickle"
	c.File("a/b.pkl")                      // want "a pickle by its name"
	c.Header("Content-Type", "text/plain")
}

func octets(w http.ResponseWriter) {
	b, _ := os.ReadFile("models/weights.pt")
	w.Header().Set("Content-Type", "application/octet-stream") // want `sends application/octet-stream beside "weights.pt"`
	w.Write(b)
}

func other(w http.ResponseWriter, b []byte) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(b)
}
