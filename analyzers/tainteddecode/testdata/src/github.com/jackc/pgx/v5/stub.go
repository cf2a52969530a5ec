// Package pgx stands for the real one.
package pgx

type Row interface{ Scan(dest ...any) error }
