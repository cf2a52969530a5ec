package render

// The parts of CycloneDX 1.6 that an inventory needs, in the order of its specification.
// What a field means stands there.

type cdxBOM struct {
	Schema       string          `json:"$schema"`
	Format       string          `json:"bomFormat"`
	Version      string          `json:"specVersion"`
	Serial       string          `json:"serialNumber"`
	Number       int             `json:"version"`
	Metadata     cdxMetadata     `json:"metadata"`
	Components   []cdxComponent  `json:"components"`
	Services     []cdxService    `json:"services"`
	Dependencies []cdxDependency `json:"dependencies"`
	Annotations  []cdxAnnotation `json:"annotations,omitempty"`
}

type cdxMetadata struct {
	Timestamp  string        `json:"timestamp"`
	Lifecycles []cdxPhase    `json:"lifecycles"`
	Tools      cdxTools      `json:"tools"`
	Component  cdxComponent  `json:"component"`
	Properties []cdxProperty `json:"properties,omitempty"`
}

type cdxPhase struct {
	Phase string `json:"phase"`
}

type cdxTools struct {
	Components []cdxComponent `json:"components"`
}

type cdxComponent struct {
	Type       string        `json:"type"`
	Ref        string        `json:"bom-ref,omitempty"`
	Name       string        `json:"name"`
	Version    string        `json:"version,omitempty"`
	Data       []cdxData     `json:"data,omitempty"`
	Properties []cdxProperty `json:"properties,omitempty"`
}

// cdxData says of a component of data what it holds.
type cdxData struct {
	Type           string         `json:"type"`
	Name           string         `json:"name,omitempty"`
	Classification string         `json:"classification,omitempty"`
	Sensitive      []string       `json:"sensitiveData,omitempty"`
	Governance     *cdxGovernance `json:"governance,omitempty"`
}

type cdxGovernance struct {
	Owners []cdxParty `json:"owners"`
}

type cdxParty struct {
	Organization cdxOrganization `json:"organization"`
}

type cdxOrganization struct {
	Name string `json:"name"`
}

type cdxProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type cdxService struct {
	Ref           string        `json:"bom-ref"`
	Name          string        `json:"name"`
	Endpoints     []string      `json:"endpoints,omitempty"`
	TrustBoundary *bool         `json:"x-trust-boundary,omitempty"`
	TrustZone     string        `json:"trustZone,omitempty"`
	Data          []cdxFlow     `json:"data,omitempty"`
	Properties    []cdxProperty `json:"properties,omitempty"`
}

// cdxFlow is what a service takes in or gives out.
type cdxFlow struct {
	Flow           string         `json:"flow"`
	Classification string         `json:"classification"`
	Name           string         `json:"name"`
	Governance     *cdxGovernance `json:"governance,omitempty"`
	Source         []string       `json:"source,omitempty"`
	Destination    []string       `json:"destination,omitempty"`
}

type cdxDependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

type cdxAnnotation struct {
	Ref       string       `json:"bom-ref"`
	Subjects  []string     `json:"subjects"`
	Annotator cdxAnnotator `json:"annotator"`
	Timestamp string       `json:"timestamp"`
	Text      string       `json:"text"`
}

type cdxAnnotator struct {
	Component cdxComponent `json:"component"`
}
