package report

// The part of SARIF 2.1.0 that we write: OASIS sarif-v2.1.0-errata01, section 3.
// Own types, because empty arrays and sentinels such as -1 mean something in SARIF,
// and generic libraries write them where nothing should stand.

const (
	sarifSchema  = "https://json.schemastore.org/sarif-2.1.0.json"
	sarifVersion = "2.1.0"
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool               sarifTool                        `json:"tool"`
	Invocations        []sarifInvocation                `json:"invocations"`
	OriginalURIBaseIDs map[string]sarifArtifactLocation `json:"originalUriBaseIds"`
	ColumnKind         string                           `json:"columnKind"`
	Automation         sarifAutomation                  `json:"automationDetails"`
	Taxonomies         []sarifComponent                 `json:"taxonomies,omitempty"`
	// Results is written also when it is empty: its absence would say that
	// nothing was looked for.
	Results []sarifResult `json:"results"`
}

// sarifAutomation: all up to the last slash of ID is the category, SARIF 3.17.3.
type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifTool struct {
	Driver sarifComponent `json:"driver"`
}

type sarifComponent struct {
	Name             string            `json:"name"`
	Organization     string            `json:"organization,omitempty"`
	Version          string            `json:"version,omitempty"`
	SemanticVersion  string            `json:"semanticVersion,omitempty"`
	InformationURI   string            `json:"informationUri,omitempty"`
	ShortDescription *sarifText        `json:"shortDescription,omitempty"`
	Rules            []sarifDescriptor `json:"rules,omitzero"`
	Notifications    []sarifDescriptor `json:"notifications,omitempty"`
	Taxa             []sarifDescriptor `json:"taxa,omitempty"`
	Supported        []sarifToolRef    `json:"supportedTaxonomies,omitempty"`
}

type sarifToolRef struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
}

// sarifText is a message or a multiformatMessageString.
type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifDescriptor struct {
	ID               string               `json:"id"`
	Name             string               `json:"name,omitempty"`
	ShortDescription *sarifText           `json:"shortDescription,omitempty"`
	FullDescription  *sarifText           `json:"fullDescription,omitempty"`
	Help             *sarifText           `json:"help,omitempty"`
	HelpURI          string               `json:"helpUri,omitempty"`
	Default          *sarifDefaults       `json:"defaultConfiguration,omitempty"`
	Relationships    []sarifRelationship  `json:"relationships,omitempty"`
	Properties       *sarifRuleProperties `json:"properties,omitempty"`
}

type sarifDefaults struct {
	// Enabled is left out where it is true, the default of the schema.
	Enabled *bool  `json:"enabled,omitempty"`
	Level   string `json:"level"`
}

type sarifRelationship struct {
	Target sarifReference `json:"target"`
	Kinds  []string       `json:"kinds"`
}

type sarifReference struct {
	ID            string        `json:"id"`
	Index         *int          `json:"index,omitempty"`
	ToolComponent *sarifToolRef `json:"toolComponent,omitempty"`
}

// sarifRuleProperties are the ones that GitHub code scanning reads.
type sarifRuleProperties struct {
	Tags      []string `json:"tags,omitempty"`
	Precision string   `json:"precision,omitempty"`
	// SecuritySeverity is a number written as a string. Its presence makes the
	// alert one about security.
	SecuritySeverity string `json:"security-severity,omitempty"`
	// ProblemSeverity is error, warning or recommendation, for the others.
	ProblemSeverity string `json:"problem.severity,omitempty"`
}

type sarifInvocation struct {
	Arguments     []string            `json:"arguments,omitempty"`
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	// Configured says what is odd about how the run was configured.
	Configured []sarifNotification `json:"toolConfigurationNotifications,omitempty"`
}

type sarifNotification struct {
	Descriptor sarifReference  `json:"descriptor"`
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Locations  []sarifLocation `json:"locations,omitempty"`
}

type sarifResult struct {
	RuleID              string                 `json:"ruleId"`
	RuleIndex           int                    `json:"ruleIndex"`
	Level               string                 `json:"level"`
	Message             sarifText              `json:"message"`
	Locations           []sarifLocation        `json:"locations"`
	PartialFingerprints map[string]string      `json:"partialFingerprints,omitempty"`
	CodeFlows           []sarifCodeFlow        `json:"codeFlows,omitempty"`
	Related             []sarifLocation        `json:"relatedLocations,omitempty"`
	BaselineState       string                 `json:"baselineState,omitempty"`
	Suppressions        []sarifSuppression     `json:"suppressions,omitempty"`
	Fixes               []sarifFix             `json:"fixes,omitempty"`
	Properties          *sarifResultProperties `json:"properties,omitempty"`
}

// sarifResultProperties carry what a blob's place and story need beyond SARIF's
// own words; see the JSON format for the names.
type sarifResultProperties struct {
	Callable string      `json:"callable,omitempty"`
	Member   []string    `json:"member,omitempty"`
	Offset   *int64      `json:"offset,omitempty"`
	Line     int         `json:"line,omitempty"`
	Trace    []sarifStep `json:"trace,omitempty"`
}

// sarifStep is one op of a blob.
type sarifStep struct {
	Offset int64  `json:"offset"`
	Text   string `json:"text"`
	Mark   bool   `json:"mark,omitempty"`
}

type sarifLocation struct {
	// ID is what [text](id) in a message leads to.
	ID       int            `json:"id,omitempty"`
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifText     `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifactLocation `json:"artifactLocation"`
	Region   *sarifRegion          `json:"region,omitempty"`
}

type sarifArtifactLocation struct {
	URI         string     `json:"uri,omitempty"`
	URIBaseID   string     `json:"uriBaseId,omitempty"`
	Description *sarifText `json:"description,omitempty"`
}

type sarifLogical struct {
	Name               string `json:"name"`
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifRegion struct {
	StartLine   int    `json:"startLine,omitempty"`
	StartColumn int    `json:"startColumn,omitempty"`
	EndLine     int    `json:"endLine,omitempty"`
	EndColumn   int    `json:"endColumn,omitempty"`
	ByteOffset  *int64 `json:"byteOffset,omitempty"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifFlowLocation `json:"locations"`
}

type sarifFlowLocation struct {
	Location   sarifLocation `json:"location"`
	Importance string        `json:"importance,omitempty"`
}

type sarifSuppression struct {
	Kind          string                      `json:"kind"`
	Status        string                      `json:"status"`
	Justification string                      `json:"justification,omitempty"`
	Location      *sarifLocation              `json:"location,omitempty"`
	Properties    *sarifSuppressionProperties `json:"properties,omitempty"`
}

type sarifSuppressionProperties struct {
	Boundary    string `json:"boundary"`
	VerifiedBy  string `json:"verified-by,omitempty"`
	Owner       string `json:"owner,omitempty"`
	Expires     string `json:"expires,omitempty"`
	Retention   string `json:"retention,omitempty"`
	Sensitivity string `json:"sensitivity,omitempty"`
	Compat      string `json:"compat,omitempty"`
	Ticket      string `json:"ticket,omitempty"`
}
