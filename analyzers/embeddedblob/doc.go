// Package embeddedblob owns rule PKL309: pickles inside a Go program, in files that it
// embeds and in its literals, judged as stored pickles are.
//
//	embeds        the files of //go:embed directives
//	literals      strings and slices of bytes that may be pickles
//	embeddedblob  the rule
//
// What a pickle does is the business of package blob. The command looks at embedded
// files with the settings of the project, too; [Found] says what in its report is the
// same thing.
package embeddedblob
