// Package templates parses all kinds of templates.
package templates

import (
	"database/sql"
	"embed"
	"flag"
	"html/template"
	"io"
	"net"
	"net/http"
	"os"
	text "text/template"
)

//go:embed *.go
var files embed.FS

func handle(w http.ResponseWriter, r *http.Request) {
	text.New("a").Parse(r.FormValue("t")) // want "PKL311 template-text: .*text/template.Template.*Parse parses text from a form of an HTTP request as a template without a justification: whoever writes"
	body, _ := io.ReadAll(r.Body)
	t := template.New("b")
	template.Must(t.Parse("<b>" + string(body) + "</b>")) // want "html/template.Template.*Parse parses text from the body of an HTTP request"
	template.ParseFiles("base.html", r.PathValue("page")) // want "html/template.ParseFiles parses a file that the URL of an HTTP request names as a template"
	text.ParseGlob("views/" + r.URL.Path)                 // want "parses a file that the URL of an HTTP request names"
	template.ParseFS(files, r.PathValue("page"))          // want "parses a file that"
	defer t.Parse(r.Header.Get("X-Template"))             // want "text from a header of an HTTP request"

	//picklelint:trust boundary=operator reason="only editors reach this handler, behind their own login"
	t.Parse(r.FormValue("t"))
	//picklelint:trust boundary=process reason="nobody else writes templates for this program"
	t.Parse(r.FormValue("t")) // want "with a justification .boundary=process."

	t.Parse("{{.}}")
	t.Execute(w, r.FormValue("t"))
	template.ParseFiles("base.html", "page.html")
	t.Lookup(r.FormValue("name"))
}

func stored(db *sql.DB, conn net.Conn) {
	var layout string
	db.QueryRow("SELECT layout FROM mails").Scan(&layout)
	text.New("c").Parse(layout) // want "text from a database"
	buf := make([]byte, 100)
	n, _ := conn.Read(buf)
	text.New("d").Parse(string(buf[:n])) // want "text from a network connection"
}

var format = flag.String("format", "", "a template")

func operator() {
	text.New("e").Parse(*format)
	text.New("f").Parse(os.Getenv("FORMAT"))
	b, _ := os.ReadFile(os.Args[1])
	text.New("g").Parse(string(b))
	template.ParseFiles(flag.Args()...)
}

func unknown(t *template.Template, layout string) {
	t.Parse(layout)
	parse := t.Parse
	parse(layout)
}
