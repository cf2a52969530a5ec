// Package gorm stands for the real one.
package gorm

type DB struct{ n int }

func (db *DB) First(dest any, conds ...any) *DB { return db }
