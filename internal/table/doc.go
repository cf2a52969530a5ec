// Package table lays out rows for people and for spreadsheets: columns of text that fit a
// terminal, and CSV that no spreadsheet takes for formulas. It owns how wide characters
// are and how cells are cut; what stands in the cells is its callers'.
package table
