package p

import "encoding/json"

func readAny(b []byte) (out any, err error) {
	return out, json.Unmarshal(b, &out)
}

func readTyped(b []byte) (out struct{ ID int }, err error) {
	return out, json.Unmarshal(b, &out)
}
