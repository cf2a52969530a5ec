// Package baseline owns the file in which a project notes the findings that it accepted
// on a day, so that only further ones count: its form, how findings are matched with it,
// and how it is brought up to date. It reads and writes no file, and knows nothing of who
// runs the wings.
//
// The file is made to be merged and reviewed: text, sorted, one finding a line, and
// nothing in a line changes while the finding stays. Rule stale-baseline keeps it from
// growing old.
package baseline
