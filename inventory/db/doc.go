// Package db keeps the inventories of many repositories in one database, of SQLite or
// PostgreSQL, with their history.
//
// It owns the schema (migrations, one for both), reading and checking inventories that come
// from other machines, merging, the ready questions, and plain SQL that can only read. What
// an inventory is says package inventory; the page over a database is package web, and the
// command is cmd/pickle-inventory. It is a module of its own, so that nobody who imports an
// analyzer gets two database drivers.
//
// Where to look:
//
//	address, open        which database, and how it is opened
//	trouble              what passes and is tried again, and what is said of the rest
//	migrate, migrations  the schema and its versions
//	read                 the JSON form of an inventory, from anybody
//	identity, rows       when two records are the same, and what they are as rows
//	merge                one inventory, one transaction
//	question, questions  ready questions, one file each
//	plain                SQL of the user
//	table                an answer as text, JSON and CSV
package db
