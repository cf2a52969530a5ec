// Package web shows a database of inventories as pages that change nothing.
//
// It owns the pages and what guards them. They work without a script and ask for nothing
// from elsewhere; every text in them was chosen by whoever wrote some source, so all of it
// goes through html/template, and the policy lets nothing run that is not ours. What is
// asked of the database are the questions of package db.
//
// Where to look:
//
//	serve           the server: limits, times, its end
//	guard           who may look: hosts, tokens, headers
//	pages, channel  a page each
//	view            tables with links, forms, paging
//	templates, static
package web
