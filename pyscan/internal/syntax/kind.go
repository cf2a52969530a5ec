package syntax

// Kind is the kind of a node. Kinds that nobody asks for are Other.
type Kind uint8

// Kinds are listed by the names of the tree-sitter grammar for Python. A name
// may have several numbers in the grammar (block, lambda, as_pattern, …); here
// it has one.
const (
	Other Kind = iota
	Error
	AliasedImport
	ArgumentList
	AsPattern
	AsPatternTarget
	Assignment
	Attribute
	AugmentedAssignment
	Block
	Call
	CaseClause
	CasePattern
	ClassDefinition
	ClassPattern
	Comment
	ConcatenatedString
	ConditionalExpression
	DecoratedDefinition
	Decorator
	DefaultParameter
	DeleteStatement
	DictionaryComprehension
	DictionarySplat
	DictionarySplatPattern
	DottedName
	ElifClause
	ElseClause
	ExceptClause
	ExceptGroupClause
	ExpressionStatement
	False
	FinallyClause
	Float
	ForInClause
	ForStatement
	FunctionDefinition
	FutureImportStatement
	GeneratorExpression
	GlobalStatement
	Identifier
	IfStatement
	ImportFromStatement
	ImportStatement
	Integer
	Interpolation
	KeywordArgument
	KeywordPattern
	Lambda
	LambdaParameters
	ListComprehension
	List
	ListPattern
	ListSplat
	ListSplatPattern
	MatchStatement
	Module
	NamedExpression
	NoneLiteral
	NonlocalStatement
	Parameters
	ParenthesizedExpression
	PatternList
	RaiseStatement
	RelativeImport
	ReturnStatement
	SetComprehension
	SplatPattern
	String
	Subscript
	TryStatement
	True
	Tuple
	TuplePattern
	Type
	TypeAliasStatement
	TypeParameter
	TypedDefaultParameter
	TypedParameter
	UnionPattern
	WhileStatement
	WildcardImport
	WithItem
	WithStatement
	ExpressionList
	AssertStatement
	PrintStatement
	ExecStatement
	PassStatement
	BreakStatement
	ContinueStatement
	BinaryOperator
	BooleanOperator
	ComparisonOperator
	Dictionary
	NotOperator
	Pair
	Set
	Await
	GenericType
	Yield
	kindCount
)

// kindNames are the grammar's names. Error has none: its number is fixed.
var kindNames = [kindCount]string{
	AliasedImport:           "aliased_import",
	ArgumentList:            "argument_list",
	AsPattern:               "as_pattern",
	AsPatternTarget:         "as_pattern_target",
	Assignment:              "assignment",
	Attribute:               "attribute",
	AugmentedAssignment:     "augmented_assignment",
	Block:                   "block",
	Call:                    "call",
	CaseClause:              "case_clause",
	CasePattern:             "case_pattern",
	ClassDefinition:         "class_definition",
	ClassPattern:            "class_pattern",
	Comment:                 "comment",
	ConcatenatedString:      "concatenated_string",
	ConditionalExpression:   "conditional_expression",
	DecoratedDefinition:     "decorated_definition",
	Decorator:               "decorator",
	DefaultParameter:        "default_parameter",
	DeleteStatement:         "delete_statement",
	DictionaryComprehension: "dictionary_comprehension",
	DictionarySplat:         "dictionary_splat",
	DictionarySplatPattern:  "dictionary_splat_pattern",
	DottedName:              "dotted_name",
	ElifClause:              "elif_clause",
	ElseClause:              "else_clause",
	ExceptClause:            "except_clause",
	ExceptGroupClause:       "except_group_clause",
	ExpressionStatement:     "expression_statement",
	False:                   "false",
	FinallyClause:           "finally_clause",
	Float:                   "float",
	ForInClause:             "for_in_clause",
	ForStatement:            "for_statement",
	FunctionDefinition:      "function_definition",
	FutureImportStatement:   "future_import_statement",
	GeneratorExpression:     "generator_expression",
	GlobalStatement:         "global_statement",
	Identifier:              "identifier",
	IfStatement:             "if_statement",
	ImportFromStatement:     "import_from_statement",
	ImportStatement:         "import_statement",
	Integer:                 "integer",
	Interpolation:           "interpolation",
	KeywordArgument:         "keyword_argument",
	KeywordPattern:          "keyword_pattern",
	Lambda:                  "lambda",
	LambdaParameters:        "lambda_parameters",
	ListComprehension:       "list_comprehension",
	List:                    "list",
	ListPattern:             "list_pattern",
	ListSplat:               "list_splat",
	ListSplatPattern:        "list_splat_pattern",
	MatchStatement:          "match_statement",
	Module:                  "module",
	NamedExpression:         "named_expression",
	NoneLiteral:             "none",
	NonlocalStatement:       "nonlocal_statement",
	Parameters:              "parameters",
	ParenthesizedExpression: "parenthesized_expression",
	PatternList:             "pattern_list",
	RaiseStatement:          "raise_statement",
	RelativeImport:          "relative_import",
	ReturnStatement:         "return_statement",
	SetComprehension:        "set_comprehension",
	SplatPattern:            "splat_pattern",
	String:                  "string",
	Subscript:               "subscript",
	TryStatement:            "try_statement",
	True:                    "true",
	Tuple:                   "tuple",
	TuplePattern:            "tuple_pattern",
	Type:                    "type",
	TypeAliasStatement:      "type_alias_statement",
	TypeParameter:           "type_parameter",
	TypedDefaultParameter:   "typed_default_parameter",
	TypedParameter:          "typed_parameter",
	UnionPattern:            "union_pattern",
	WhileStatement:          "while_statement",
	WildcardImport:          "wildcard_import",
	WithItem:                "with_item",
	WithStatement:           "with_statement",
	ExpressionList:          "expression_list",
	AssertStatement:         "assert_statement",
	PrintStatement:          "print_statement",
	ExecStatement:           "exec_statement",
	PassStatement:           "pass_statement",
	BreakStatement:          "break_statement",
	ContinueStatement:       "continue_statement",
	BinaryOperator:          "binary_operator",
	BooleanOperator:         "boolean_operator",
	ComparisonOperator:      "comparison_operator",
	Dictionary:              "dictionary",
	NotOperator:             "not_operator",
	Pair:                    "pair",
	Set:                     "set",
	Await:                   "await",
	GenericType:             "generic_type",
	Yield:                   "yield",
}

// String returns the grammar's name of the kind.
func (k Kind) String() string {
	switch {
	case k == Error:
		return "ERROR"
	case k < kindCount && kindNames[k] != "":
		return kindNames[k]
	}
	return "other"
}

// Field says what a node is to its parent. Fields that nobody asks for are
// NoField.
type Field uint8

// The fields.
const (
	NoField Field = iota
	Alias
	Arguments
	AttributeName
	Body
	Function
	Left
	ModuleName
	Name
	Object
	ParametersField
	ReturnType
	Right
	Superclasses
	TypeField
	Value
	fieldCount
)

var fieldNames = [fieldCount]string{
	Alias:           "alias",
	Arguments:       "arguments",
	AttributeName:   "attribute",
	Body:            "body",
	Function:        "function",
	Left:            "left",
	ModuleName:      "module_name",
	Name:            "name",
	Object:          "object",
	ParametersField: "parameters",
	ReturnType:      "return_type",
	Right:           "right",
	Superclasses:    "superclasses",
	TypeField:       "type",
	Value:           "value",
}

// withFields are the kinds whose children are told apart by their fields;
// asking for a field costs a call into C, so nobody else's are.
var withFields = [kindCount]bool{
	AliasedImport: true, Assignment: true, Attribute: true, AugmentedAssignment: true, Call: true, ClassDefinition: true,
	DefaultParameter: true, DictionaryComprehension: true, ForInClause: true, ForStatement: true, FunctionDefinition: true,
	GeneratorExpression: true, ImportFromStatement: true, ImportStatement: true, KeywordArgument: true, Lambda: true,
	ListComprehension: true, NamedExpression: true, SetComprehension: true, TypeAliasStatement: true, TypedDefaultParameter: true,
	TypedParameter: true,
}
