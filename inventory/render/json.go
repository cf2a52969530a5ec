package render

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// writeJSON writes the record as it is, in printable characters only. It is what other
// programs and the database read; docs/inventory.schema.json says of what form it is.
func writeJSON(w io.Writer, inv *inventory.Inventory, _ Options) error {
	return encode(w, valid(inv))
}

// encode writes a document, indented.
func encode(w io.Writer, document any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(document); err != nil {
		return err
	}
	_, err := w.Write(lint.PrintableJSON(b.Bytes()))
	return err
}

// valid returns a record in which every text is UTF-8. JSON has no way to write other
// bytes, and encoding/json would put one replacement character for all of them, which
// makes different names equal.
func valid(inv *inventory.Inventory) *inventory.Inventory {
	return copied(reflect.ValueOf(inv)).Interface().(*inventory.Inventory)
}

// copied is a deep copy of a value with escapes where a text is not UTF-8.
func copied(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if utf8.ValidString(v.String()) {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		out.SetString(lint.Printable(v.String()))
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(copied(v.Elem()))
		return out
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(copied(v.Index(i)))
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			out.Field(i).Set(copied(v.Field(i)))
		}
		return out
	}
	return v
}
