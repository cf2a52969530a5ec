package pickle

// ArgKind says what bytes follow an opcode.
type ArgKind uint8

// The argument kinds. Numbers are little-endian, except the float.
const (
	ArgNone  ArgKind = iota
	ArgU1            // 1 byte, unsigned
	ArgU2            // 2 bytes, unsigned
	ArgU4            // 4 bytes, unsigned
	ArgI4            // 4 bytes, signed
	ArgU8            // 8 bytes, unsigned
	ArgF8            // 8 bytes, big-endian IEEE 754
	ArgLine          // text up to a newline
	ArgLines         // two texts, each up to a newline
	ArgLen1          // 1-byte length and that many bytes
	ArgLen4          // 4-byte unsigned length and that many bytes
	ArgILen4         // 4-byte signed length and that many bytes
	ArgLen8          // 8-byte unsigned length and that many bytes
)

// The opcodes, named as in CPython's pickletools.
const (
	OpMark           byte = '('
	OpStop           byte = '.'
	OpPop            byte = '0'
	OpPopMark        byte = '1'
	OpDup            byte = '2'
	OpFloat          byte = 'F'
	OpInt            byte = 'I'
	OpBinInt         byte = 'J'
	OpBinInt1        byte = 'K'
	OpLong           byte = 'L'
	OpBinInt2        byte = 'M'
	OpNone           byte = 'N'
	OpPersID         byte = 'P'
	OpBinPersID      byte = 'Q'
	OpReduce         byte = 'R'
	OpString         byte = 'S'
	OpBinString      byte = 'T'
	OpShortBinString byte = 'U'
	OpUnicode        byte = 'V'
	OpBinUnicode     byte = 'X'
	OpAppend         byte = 'a'
	OpBuild          byte = 'b'
	OpGlobal         byte = 'c'
	OpDict           byte = 'd'
	OpEmptyDict      byte = '}'
	OpAppends        byte = 'e'
	OpGet            byte = 'g'
	OpBinGet         byte = 'h'
	OpInst           byte = 'i'
	OpLongBinGet     byte = 'j'
	OpList           byte = 'l'
	OpEmptyList      byte = ']'
	OpObj            byte = 'o'
	OpPut            byte = 'p'
	OpBinPut         byte = 'q'
	OpLongBinPut     byte = 'r'
	OpSetItem        byte = 's'
	OpTuple          byte = 't'
	OpEmptyTuple     byte = ')'
	OpSetItems       byte = 'u'
	OpBinFloat       byte = 'G'

	OpProto    byte = 0x80
	OpNewObj   byte = 0x81
	OpExt1     byte = 0x82
	OpExt2     byte = 0x83
	OpExt4     byte = 0x84
	OpTuple1   byte = 0x85
	OpTuple2   byte = 0x86
	OpTuple3   byte = 0x87
	OpNewTrue  byte = 0x88
	OpNewFalse byte = 0x89
	OpLong1    byte = 0x8a
	OpLong4    byte = 0x8b

	OpBinBytes      byte = 'B'
	OpShortBinBytes byte = 'C'

	OpShortBinUnicode byte = 0x8c
	OpBinUnicode8     byte = 0x8d
	OpBinBytes8       byte = 0x8e
	OpEmptySet        byte = 0x8f
	OpAddItems        byte = 0x90
	OpFrozenSet       byte = 0x91
	OpNewObjEx        byte = 0x92
	OpStackGlobal     byte = 0x93
	OpMemoize         byte = 0x94
	OpFrame           byte = 0x95

	OpByteArray8     byte = 0x96
	OpNextBuffer     byte = 0x97
	OpReadonlyBuffer byte = 0x98
)

// Opcode is one entry of the table.
type Opcode struct {
	Name  string
	Code  byte
	Arg   ArgKind
	Proto int // the protocol that introduced it
}

// opcodes has an entry for every byte value; one without a Name is no opcode.
// Names, arguments and protocols are those of CPython's pickletools.opcodes.
var opcodes = [256]Opcode{
	OpMark:           {Name: "MARK"},
	OpStop:           {Name: "STOP"},
	OpPop:            {Name: "POP"},
	OpPopMark:        {Name: "POP_MARK", Proto: 1},
	OpDup:            {Name: "DUP"},
	OpFloat:          {Name: "FLOAT", Arg: ArgLine},
	OpInt:            {Name: "INT", Arg: ArgLine},
	OpBinInt:         {Name: "BININT", Arg: ArgI4, Proto: 1},
	OpBinInt1:        {Name: "BININT1", Arg: ArgU1, Proto: 1},
	OpLong:           {Name: "LONG", Arg: ArgLine},
	OpBinInt2:        {Name: "BININT2", Arg: ArgU2, Proto: 1},
	OpNone:           {Name: "NONE"},
	OpPersID:         {Name: "PERSID", Arg: ArgLine},
	OpBinPersID:      {Name: "BINPERSID", Proto: 1},
	OpReduce:         {Name: "REDUCE"},
	OpString:         {Name: "STRING", Arg: ArgLine},
	OpBinString:      {Name: "BINSTRING", Arg: ArgILen4, Proto: 1},
	OpShortBinString: {Name: "SHORT_BINSTRING", Arg: ArgLen1, Proto: 1},
	OpUnicode:        {Name: "UNICODE", Arg: ArgLine},
	OpBinUnicode:     {Name: "BINUNICODE", Arg: ArgLen4, Proto: 1},
	OpAppend:         {Name: "APPEND"},
	OpBuild:          {Name: "BUILD"},
	OpGlobal:         {Name: "GLOBAL", Arg: ArgLines},
	OpDict:           {Name: "DICT"},
	OpEmptyDict:      {Name: "EMPTY_DICT", Proto: 1},
	OpAppends:        {Name: "APPENDS", Proto: 1},
	OpGet:            {Name: "GET", Arg: ArgLine},
	OpBinGet:         {Name: "BINGET", Arg: ArgU1, Proto: 1},
	OpInst:           {Name: "INST", Arg: ArgLines},
	OpLongBinGet:     {Name: "LONG_BINGET", Arg: ArgU4, Proto: 1},
	OpList:           {Name: "LIST"},
	OpEmptyList:      {Name: "EMPTY_LIST", Proto: 1},
	OpObj:            {Name: "OBJ", Proto: 1},
	OpPut:            {Name: "PUT", Arg: ArgLine},
	OpBinPut:         {Name: "BINPUT", Arg: ArgU1, Proto: 1},
	OpLongBinPut:     {Name: "LONG_BINPUT", Arg: ArgU4, Proto: 1},
	OpSetItem:        {Name: "SETITEM"},
	OpTuple:          {Name: "TUPLE"},
	OpEmptyTuple:     {Name: "EMPTY_TUPLE", Proto: 1},
	OpSetItems:       {Name: "SETITEMS", Proto: 1},
	OpBinFloat:       {Name: "BINFLOAT", Arg: ArgF8, Proto: 1},

	OpProto:    {Name: "PROTO", Arg: ArgU1, Proto: 2},
	OpNewObj:   {Name: "NEWOBJ", Proto: 2},
	OpExt1:     {Name: "EXT1", Arg: ArgU1, Proto: 2},
	OpExt2:     {Name: "EXT2", Arg: ArgU2, Proto: 2},
	OpExt4:     {Name: "EXT4", Arg: ArgI4, Proto: 2},
	OpTuple1:   {Name: "TUPLE1", Proto: 2},
	OpTuple2:   {Name: "TUPLE2", Proto: 2},
	OpTuple3:   {Name: "TUPLE3", Proto: 2},
	OpNewTrue:  {Name: "NEWTRUE", Proto: 2},
	OpNewFalse: {Name: "NEWFALSE", Proto: 2},
	OpLong1:    {Name: "LONG1", Arg: ArgLen1, Proto: 2},
	OpLong4:    {Name: "LONG4", Arg: ArgILen4, Proto: 2},

	OpBinBytes:      {Name: "BINBYTES", Arg: ArgLen4, Proto: 3},
	OpShortBinBytes: {Name: "SHORT_BINBYTES", Arg: ArgLen1, Proto: 3},

	OpShortBinUnicode: {Name: "SHORT_BINUNICODE", Arg: ArgLen1, Proto: 4},
	OpBinUnicode8:     {Name: "BINUNICODE8", Arg: ArgLen8, Proto: 4},
	OpBinBytes8:       {Name: "BINBYTES8", Arg: ArgLen8, Proto: 4},
	OpEmptySet:        {Name: "EMPTY_SET", Proto: 4},
	OpAddItems:        {Name: "ADDITEMS", Proto: 4},
	OpFrozenSet:       {Name: "FROZENSET", Proto: 4},
	OpNewObjEx:        {Name: "NEWOBJ_EX", Proto: 4},
	OpStackGlobal:     {Name: "STACK_GLOBAL", Proto: 4},
	OpMemoize:         {Name: "MEMOIZE", Proto: 4},
	OpFrame:           {Name: "FRAME", Arg: ArgU8, Proto: 4},

	OpByteArray8:     {Name: "BYTEARRAY8", Arg: ArgLen8, Proto: 5},
	OpNextBuffer:     {Name: "NEXT_BUFFER", Proto: 5},
	OpReadonlyBuffer: {Name: "READONLY_BUFFER", Proto: 5},
}

// steps is the part of the table that the lexer's hot loop reads: the kind of
// argument of each byte value, or noOpcode.
var steps [256]ArgKind

const noOpcode ArgKind = 0xff

// widths is how many bytes of fixed width follow an opcode, by the kind of its
// argument: the number, or the length in front of a payload. Texts have none. It
// is as long as the type has values, so that no index is checked.
var widths = [256]uint8{
	ArgU1: 1, ArgU2: 2, ArgU4: 4, ArgI4: 4, ArgU8: 8, ArgF8: 8,
	ArgLen1: 1, ArgLen4: 4, ArgILen4: 4, ArgLen8: 8,
}

// heads and fields are what the lexer's fast path reads. heads has the bytes of
// an op that has no payload, counted plus the bytes in front of its payload, or
// unusual for texts, floats, 8-byte numbers and what is no opcode.
var heads [256]uint8

const (
	counted = 16
	unusual = 255
)

// field is how the number behind an opcode is taken out of eight bytes.
type field struct {
	mask uint64
	sign uint64 // its sign bit, if it is signed
}

var fields [256]field

func setHead(code int, arg ArgKind) {
	switch arg {
	case noOpcode, ArgLine, ArgLines, ArgU8, ArgF8, ArgLen8, ArgILen4:
		heads[code] = unusual
		return
	case ArgI4:
		fields[code].sign = 1 << 31
	}
	heads[code] = 1 + widths[arg]
	if arg >= ArgLen1 {
		heads[code] += counted
	}
	fields[code].mask = 1<<(8*widths[arg]) - 1
}

var byName = make(map[string]byte, 68)

func init() {
	for i := range opcodes {
		steps[i] = noOpcode
		if opcodes[i].Name != "" {
			opcodes[i].Code = byte(i)
			steps[i] = opcodes[i].Arg
			byName[opcodes[i].Name] = byte(i)
		}
		setHead(i, steps[i])
	}
}

// Lookup returns the opcode with that byte; ok is false if there is none.
func Lookup(code byte) (o Opcode, ok bool) {
	return opcodes[code], opcodes[code].Name != ""
}

// LookupName returns the opcode with that pickletools name.
func LookupName(name string) (o Opcode, ok bool) {
	code, ok := byName[name]
	if !ok {
		return Opcode{}, false
	}
	return opcodes[code], true
}
