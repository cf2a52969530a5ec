package syntax

// node is one node of a walk in preorder, level steps below the root.
type node struct {
	start, end, level uint32
	kind              Kind
	field             Field
	missing           bool
}

// builder makes a tree of a walk.
type builder struct {
	tree *Tree
	open []opened
}

// opened is a node whose descendants are being added.
type opened struct {
	level uint32
	index Index
	// splat stands for a starred expression that was left out: its field is
	// that of its child.
	splat bool
	start uint32
	field Field
}

func newBuilder(src []byte) *builder {
	return &builder{tree: &Tree{Source: src, Nodes: make([]Node, 0, len(src)/6+1)}}
}

func (b *builder) close(level uint32) {
	for len(b.open) > 0 && b.open[len(b.open)-1].level >= level {
		top := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if !top.splat {
			b.tree.Nodes[top.index].After = Index(len(b.tree.Nodes))
		}
	}
}

func (b *builder) finish() *Tree {
	b.close(0)
	return b.tree
}

func (b *builder) add(n node) {
	b.close(n.level)
	parent := None
	if len(b.open) > 0 {
		top := &b.open[len(b.open)-1]
		parent = top.index
		switch {
		case top.splat && n.kind != Comment:
			n.field = top.field
			b.unsplat(top.index, top.start, n.start)
		case parent == None || !withFields[b.tree.Nodes[parent].Kind]:
			n.field = NoField
		}
	}
	if n.kind == ListSplat && (n.field == Function || n.field == Object) {
		// The grammar reads "1, *a.b(c)" as a call of "(*a).b"; Python stars
		// what is called.
		b.open = append(b.open, opened{level: n.level, index: parent, splat: true, start: n.start, field: n.field})
		return
	}
	i := Index(len(b.tree.Nodes))
	b.tree.Nodes = append(b.tree.Nodes, Node{
		Start: n.start, End: n.end, Parent: parent, Kind: n.kind, Field: n.field, Missing: n.missing,
	})
	if n.missing || n.kind == Error {
		b.tree.Broken = append(b.tree.Broken, i)
	}
	b.open = append(b.open, opened{level: n.level, index: i})
}

// unsplat moves the beginning of the calls and attributes that begin with a
// star that was left out.
func (b *builder) unsplat(i Index, star, start uint32) {
	for ; i != None; i = b.tree.Nodes[i].Parent {
		n := &b.tree.Nodes[i]
		if n.Kind != Call && n.Kind != Attribute && n.Kind != Subscript || n.Start != star {
			return
		}
		n.Start = start
	}
}
