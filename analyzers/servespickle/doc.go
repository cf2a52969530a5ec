// Package servespickle owns rule PKL308: Go that sends pickles to others.
package servespickle
