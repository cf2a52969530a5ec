// Package evidence joins what is known of each decode site: the site itself with its
// claim, from decodesite, and where its bytes come from and whether they are checked,
// from flow. From that it says which rule the site is for, because a site has one
// finding: what is known most exactly is said, and no more.
//
// It reports nothing and words nothing. The rules do, each for its own verdict.
package evidence
