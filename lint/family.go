package lint

// Homepage is where the project lives.
const Homepage = "https://github.com/pickle-lint/pickle-lint"

// Family is a hundred of the rule numbers.
type Family struct {
	// Title heads the family in lists, Tag marks its rules in SARIF.
	Title, Tag string
}

var families = map[byte]Family{
	'1': {"Stored blobs", "pickle-blob"},
	'2': {"Python", "python"},
	'3': {"Go", "go"},
	'4': {"Compatibility", "compatibility"},
	'5': {"Governance", "governance"},
	'9': {"Hygiene of justifications", "hygiene"},
}

// FamilyOf returns the family of a rule id. The zero Family stands for an id that
// belongs to none; [NewRule] lets no such rule be.
func FamilyOf(id string) Family {
	if !ruleID.MatchString(id) {
		return Family{}
	}
	return families[id[len("PKL")]]
}

// PageFile is the name of the generated page of a rule, below docs/rules.
func PageFile(id, name string) string { return id + "-" + name + ".md" }

// PageURL is where that page is published.
func PageURL(id, name string) string {
	return Homepage + "/blob/main/docs/rules/" + PageFile(id, name)
}
