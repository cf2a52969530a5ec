// Package control has a check of the right bytes in every shape of control flow.
package control

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/gob"
	"errors"
	"log"
	"os"
)

var errBad = errors.New("bad signature")

var flagVerify = os.Getenv("VERIFY") != ""

func sumOf(key, data []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func earlyReturn(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by hmac.Equal on line 28`
}

func branch(key, sum, data []byte, v any) error {
	if hmac.Equal(sum, sumOf(key, data)) {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by hmac.Equal`
	}
	return errBad
}

func elseBranch(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	} else {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
}

func wrongBranch(key, sum, data []byte, v any) error {
	if hmac.Equal(sum, sumOf(key, data)) {
		return nil
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: hmac.Equal on line 50: the bytes are decoded where it fails, not where it is passed`
}

func wrongElse(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*decoded where it fails`
	}
	return nil
}

func nested(key, sum, data []byte, v any, n int) error {
	if len(data) > 0 {
		if hmac.Equal(sum, sumOf(key, data)) {
			if n > 3 {
				return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
			}
		}
	}
	return nil
}

func and(key, sum, data []byte, v any, n int) error {
	if n > 3 && hmac.Equal(sum, sumOf(key, data)) && n < 7 {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return nil
}

func notOr(key, sum, data []byte, v any, n int) error {
	if n > 3 || !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func or(key, sum, data []byte, v any, trusted bool) error {
	if trusted || hmac.Equal(sum, sumOf(key, data)) {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the condition on line 88 leaves it out`
	}
	return nil
}

func notAnd(key, sum, data []byte, v any) error {
	if flagVerify && !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*leaves it out`
}

func either(key, old, sum, data []byte, v any) error {
	if hmac.Equal(sum, sumOf(key, data)) || hmac.Equal(sum, sumOf(old, data)) {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return nil
}

func neither(key, old, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) && !hmac.Equal(sum, sumOf(old, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func equalsOne(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) == 1 {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by subtle.ConstantTimeCompare`
	}
	return nil
}

func notOne(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) != 1 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func equalsZero(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) == 0 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func zeroFirst(key, sum, data []byte, v any) error {
	if 0 == subtle.ConstantTimeCompare(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func notZero(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) != 0 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*decoded where it fails`
}

func greater(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) < 1 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func minusOne(key, sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sumOf(key, data)) == -1 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not it is passed`
}

func isTrue(key, sum, data []byte, v any) error {
	if hmac.Equal(sum, sumOf(key, data)) == false {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func storedBool(key, sum, data []byte, v any) error {
	ok := hmac.Equal(sum, sumOf(key, data))
	log.Println("checked", len(data))
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func phi(key, sum, data []byte, v any) error {
	ok := false
	if len(sum) == 32 {
		ok = hmac.Equal(sum, sumOf(key, data))
	}
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func phiTrue(key, sum, data []byte, v any) error {
	ok := true
	if len(sum) == 32 {
		ok = hmac.Equal(sum, sumOf(key, data))
	}
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*leaves it out`
}

func phiConst(key, sum, data []byte, v any) error {
	valid := false
	if hmac.Equal(sum, sumOf(key, data)) {
		valid = true
	}
	if valid {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return nil
}

func errorVariable(key, sum, data []byte, v any) error {
	var err error
	if !hmac.Equal(sum, sumOf(key, data)) {
		err = errBad
	}
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func switchTrue(key, sum, data []byte, v any) error {
	switch {
	case len(data) == 0:
		return nil
	case !hmac.Equal(sum, sumOf(key, data)):
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func switchCase(key, sum, data []byte, v any) error {
	switch hmac.Equal(sum, sumOf(key, data)) {
	case true:
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	default:
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*decoded where it fails`
	}
}

func switchFall(key, sum, data []byte, v any, kind int) error {
	switch kind {
	case 1:
		if !hmac.Equal(sum, sumOf(key, data)) {
			return errBad
		}
	case 2:
		log.Println("no signature")
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the condition on line \d+ leaves it out`
}

func loop(key []byte, sums [][]byte, all [][]byte, v any) error {
	for i, data := range all {
		if !hmac.Equal(sums[i], sumOf(key, data)) {
			continue
		}
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(v); err != nil { // want `verified`
			return err
		}
	}
	return nil
}

func loopBefore(key []byte, sums [][]byte, all [][]byte, v any) error {
	ok := false
	for i, data := range all {
		if ok {
			if err := gob.NewDecoder(bytes.NewReader(data)).Decode(v); err != nil { // want `fails: `
				return err
			}
		}
		ok = hmac.Equal(sums[i], sumOf(key, data))
	}
	return nil
}

func otherLoop(key, sum, data []byte, v any, n int) error {
	for range n {
		if !hmac.Equal(sum, sumOf(key, data)) {
			return errBad
		}
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*loop, which may have no rounds`
}

func keys(all [][]byte, sum, data []byte, v any) error {
	ok := false
	for _, key := range all {
		if hmac.Equal(sum, sumOf(key, data)) {
			ok = true
			break
		}
	}
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func keysOn(all [][]byte, sum, data []byte, v any) error {
	ok := false
	for _, key := range all {
		if hmac.Equal(sum, sumOf(key, data)) {
			ok = true
		}
	}
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func label(key, sum, data []byte, v any, n int) error {
outer:
	for i := range n {
		for j := range n {
			if i*j > 5 {
				if hmac.Equal(sum, sumOf(key, data)) {
					break outer
				}
				return errBad
			}
		}
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: `
}

func gotos(key, sum, data []byte, v any) error {
	if hmac.Equal(sum, sumOf(key, data)) {
		goto good
	}
	return errBad
good:
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func panics(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		panic("bad signature")
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func fatal(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		log.Fatal("bad signature")
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func exit(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		os.Exit(1)
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func die(text string) {
	log.Println(text)
	os.Exit(2)
}

func dies(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		die("bad signature")
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func logs(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		log.Println("bad signature")
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not it is passed`
}

func ignored(key, sum, data []byte, v any) error {
	hmac.Equal(sum, sumOf(key, data))
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with its answer`
}

func blank(key, sum, data []byte, v any) error {
	_ = hmac.Equal(sum, sumOf(key, data))
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with its answer`
}

func logged(key, sum, data []byte, v any) error {
	ok := hmac.Equal(sum, sumOf(key, data))
	log.Println("signature", ok)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not it is passed`
}

func after(key, sum, data []byte, v any) error {
	err := gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*comes after the decode`
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return err
}

func optional(key, sum, data []byte, v any) error {
	if len(sum) > 0 {
		if !hmac.Equal(sum, sumOf(key, data)) {
			return errBad
		}
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: hmac.Equal on line \d+: the condition on line \d+ leaves it out`
}

func goroutine(key, sum, data []byte, v any) error {
	go func() {
		if !hmac.Equal(sum, sumOf(key, data)) {
			log.Println("bad signature")
		}
	}()
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*goroutine of its own`
}

func deferred(key, sum, data []byte, v any) (err error) {
	defer func() {
		if !hmac.Equal(sum, sumOf(key, data)) {
			err = errBad
		}
	}()
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*deferred|fails: .*after the decode`
}

func deferDecode(key, sum, data []byte, v any) error {
	defer gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*after the decode`
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return nil
}

func deferBehind(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	defer gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	return nil
}

func goDecode(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	go gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	go func() {
		gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}()
	return nil
}

func inPlace(key, sum, data []byte, v any) error {
	ok := func() bool { return hmac.Equal(sum, sumOf(key, data)) }()
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func literal(key, sum, data []byte, v any) error {
	check := func(b []byte) error {
		if !hmac.Equal(sum, sumOf(key, b)) {
			return errBad
		}
		return nil
	}
	if err := check(data); err != nil {
		return err
	}
	decode := func() error {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return decode()
}

func captured(key, sum, data []byte, v any) error {
	var ok bool
	func() {
		ok = hmac.Equal(sum, sumOf(key, data))
	}()
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func twoWays(key, sum, data []byte, v any, n int) error {
	if n > 1 {
		if !hmac.Equal(sum, sumOf(key, data)) {
			return errBad
		}
	} else {
		if subtle.ConstantTimeCompare(sum, sumOf(key, data)) != 1 {
			return errBad
		}
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func onlyIfChecked(key, sum, data []byte, v any) error {
	var payload []byte
	if hmac.Equal(sum, sumOf(key, data)) {
		payload = data
	}
	return gob.NewDecoder(bytes.NewReader(payload)).Decode(v) // want `verified`
}

func nothing(data []byte, v any) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func otherCase(key, sum, a, b []byte, v any, n int) error {
	switch n {
	case 1:
		if !hmac.Equal(sum, sumOf(key, a)) {
			return errBad
		}
		return gob.NewDecoder(bytes.NewReader(a)).Decode(v) // want `verified`
	case 2:
		return gob.NewDecoder(bytes.NewReader(b)).Decode(v) // want `unchecked`
	}
	return nil
}
