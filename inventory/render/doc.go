// Package render writes an inventory in the formats that the command offers: one file a
// format, and the table in render.go is the only list of them. It judges nothing, reads
// no file and asks for no clock: the same record gives the same bytes.
//
// Most texts of a record were chosen by whoever wrote a source, a configuration or the
// name of a file. No format lets one through that could steer a terminal, reorder text,
// run in a spreadsheet or a page, ping a person, or leave the place it stands in.
//
// Where to look:
//
//	view            what several formats say of a record, as words
//	graph           services, channels and flows, for diagrams
//	layout          where the diagram of the page has them
//	page/           the page's own template, style and script; package page has the rest
//	schema          the JSON Schema that is shipped
package render
