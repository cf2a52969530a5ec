// Package templatetext owns rule PKL311: text that others write is parsed as a template.
package templatetext
