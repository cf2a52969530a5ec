package render

import _ "embed"

// Schema is the JSON Schema of what the format json writes, made from the types of a
// record.
//
//go:embed inventory.schema.json
var Schema []byte
