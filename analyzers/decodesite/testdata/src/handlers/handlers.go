// Package handlers hands servers of net/rpc to those of net/http.
package handlers

import (
	"net/http"
	"net/rpc"
)

type servers struct{ rpc *rpc.Server }

func mux(m *http.ServeMux, s *rpc.Server, of *servers, h http.Handler) {
	http.Handle("/rpc", s)                     // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	m.Handle(rpc.DefaultRPCPath, of.rpc)       // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	m.Handle("/default", rpc.DefaultServer)    // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	http.ListenAndServe(":1", rpc.NewServer()) // want `call \(\*net/rpc.Server\).ServeHTTP of  in`
	m.Handle("/h", h)
	_ = http.Server{Addr: ":1", Handler: s} // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	var srv http.Server
	srv.Handler = s // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	keep(s)
	other(s)
}

func keep(s *rpc.Server) {}

func other(s any) {}

func given(s *rpc.Server) http.Handler {
	var h http.Handler = s // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
	if h != nil {
		make := func() http.Handler {
			return s // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
		}
		return make()
	}
	return s // want `value \(\*net/rpc.Server\).ServeHTTP of  in`
}

func kept(s *rpc.Server) (*rpc.Server, error) { return s, nil }
