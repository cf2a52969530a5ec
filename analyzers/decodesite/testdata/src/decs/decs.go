package decs

import "encoding/gob"

type Dec struct{ *gob.Decoder }

type Alias = gob.Decoder
