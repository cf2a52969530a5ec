package lsp

// The structs of the protocol, version 3.17, as far as they are used.

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

type location struct {
	URI   string `json:"uri"`
	Range span   `json:"range"`
}

type initializeParams struct {
	RootURI      string                 `json:"rootUri"`
	RootPath     string                 `json:"rootPath"`
	Folders      []struct{ URI string } `json:"workspaceFolders"`
	Capabilities struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		Workspace struct {
			Watched struct {
				Dynamic bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
	} `json:"capabilities"`
}

type initializeResult struct {
	Capabilities capabilities `json:"capabilities"`
	ServerInfo   serverInfo   `json:"serverInfo"`
}

type serverInfo struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type capabilities struct {
	PositionEncoding string            `json:"positionEncoding"`
	Sync             syncOptions       `json:"textDocumentSync"`
	Hover            bool              `json:"hoverProvider"`
	Actions          codeActionOptions `json:"codeActionProvider"`
}

type syncOptions struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"`
	Save      bool `json:"save"`
}

type codeActionOptions struct {
	Kinds []string `json:"codeActionKinds"`
}

type documentID struct {
	URI     string `json:"uri"`
	Version int    `json:"version"`
}

type openParams struct {
	Document struct {
		documentID
		Language string `json:"languageId"`
		Text     string `json:"text"`
	} `json:"textDocument"`
}

type changeParams struct {
	Document documentID `json:"textDocument"`
	Changes  []struct {
		Range *span  `json:"range"`
		Text  string `json:"text"`
	} `json:"contentChanges"`
}

// documentParams are those of didSave and didClose.
type documentParams struct {
	Document documentID `json:"textDocument"`
}

type positionParams struct {
	Document documentID `json:"textDocument"`
	Position position   `json:"position"`
}

type codeActionParams struct {
	Document documentID `json:"textDocument"`
	Range    span       `json:"range"`
	Context  struct {
		Only []string `json:"only"`
	} `json:"context"`
}

type watchedParams struct {
	Changes []struct {
		URI string `json:"uri"`
	} `json:"changes"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	Range       span            `json:"range"`
	Severity    int             `json:"severity"`
	Code        string          `json:"code"`
	Description codeDescription `json:"codeDescription"`
	Source      string          `json:"source"`
	Message     string          `json:"message"`
	Tags        []int           `json:"tags,omitempty"`
	Related     []related       `json:"relatedInformation,omitempty"`
}

type codeDescription struct {
	Href string `json:"href"`
}

type related struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

type hover struct {
	Contents markup `json:"contents"`
	Range    *span  `json:"range,omitempty"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []diagnostic  `json:"diagnostics,omitempty"`
	Preferred   bool          `json:"isPreferred,omitempty"`
	Edit        workspaceEdit `json:"edit"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type textEdit struct {
	Range   span   `json:"range"`
	NewText string `json:"newText"`
}

type showParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

// quickFix is the kind of our actions.
const quickFix = "quickfix"

// What a number means.
const (
	syncIncremental = 2
	messageError    = 1
	tagUnnecessary  = 1
)
