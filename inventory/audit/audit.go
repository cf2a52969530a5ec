// Package audit owns the log of what was done to stored bytes: JSON Lines, appended and never
// rewritten, in which each record carries the hash of the one before. Whoever changes, takes
// out or puts in a record in the middle breaks the chain; whoever cuts off its end does not,
// which is why the head of the chain (the hash of its last record) is printed and can be kept
// elsewhere. A chain without a key can be forged as a whole by whoever can write the file.
//
// It knows nothing of what the records are about.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Record is one line of the log.
type Record struct {
	// Seq counts from 1.
	Seq int64 `json:"seq"`
	// Time is in UTC.
	Time time.Time `json:"time"`
	// Action is what is about to happen or has happened; see the constants.
	Action string `json:"action"`
	// By is who runs the program, as the system calls them.
	By string `json:"by,omitempty"`
	// Path is the file, and Root the directory that it is named from.
	Path string `json:"path,omitempty"`
	Root string `json:"root,omitempty"`
	// SHA256, Size and Modified are those of the file.
	SHA256   string     `json:"sha256,omitempty"`
	Size     int64      `json:"size,omitempty"`
	Modified *time.Time `json:"modified,omitempty"`
	// Channel, Retention, Owners and Sensitivity say why.
	Channel     string   `json:"channel,omitempty"`
	Retention   string   `json:"retention,omitempty"`
	Owners      []string `json:"owners,omitempty"`
	Sensitivity string   `json:"sensitivity,omitempty"`
	// Of is the record that this one is the outcome of, and Error what went wrong.
	Of    int64  `json:"of,omitempty"`
	Error string `json:"error,omitempty"`
	// Prev is the hash of the record before, 64 zeros for the first.
	Prev string `json:"prev"`
	// Hash is that of the line without it.
	Hash string `json:"hash"`
}

// The actions. An intent is written before anything happens, and has one outcome.
const (
	// Remove is the intent to remove a file.
	Remove = "remove"
	// Removed says that it was removed.
	Removed = "removed"
	// Kept says that it was not, and Error why.
	Kept = "kept"
	// Gone says that it was not there any more when an interrupted run was resumed.
	Gone = "gone"
)

// genesis is what stands for the hash before the first record.
const genesis = "0000000000000000000000000000000000000000000000000000000000000000"

// clean makes text of what is about a file but does not name it. Names are the caller's to check.
func (r *Record) clean() {
	for _, text := range []*string{&r.By, &r.Channel, &r.Retention, &r.Sensitivity, &r.Error} {
		*text = strings.ToValidUTF8(*text, "\uFFFD")
	}
	r.Owners = slices.Clone(r.Owners)
	for i, owner := range r.Owners {
		r.Owners[i] = strings.ToValidUTF8(owner, "\uFFFD")
	}
}

// seal sets the hash, and returns the line. The hash is of the same line with an empty
// one: the form of the JSON is that of this package, so the bytes are too.
func (r *Record) seal() ([]byte, error) {
	r.Hash = ""
	bare, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("writing a record of the log: %w", err)
	}
	sum := sha256.Sum256(bare)
	r.Hash = hex.EncodeToString(sum[:])
	line, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("writing a record of the log: %w", err)
	}
	return append(line, '\n'), nil
}
