package render

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/inventory"
)

// The drawing has three columns: who writes, channels, who loads. A service that does both
// stands on both sides, so that every flow goes from left to right.
const (
	boxHeight   = 28
	boxStep     = 38 // from one box to the next
	zoneHead    = 26 // room for the name of a boundary
	zonePadding = 10
	zoneGap     = 14
	margin      = 14
	// columnWidth is the width of characters in the drawing, at its size of 12 pixels in
	// the widest monospaced face of the style.
	columnWidth = 7.3
)

// side is where a column begins and how wide its boxes are.
type side struct{ x, width int }

var (
	writersSide  = side{margin + zonePadding, 190}
	channelsSide = side{340, 280}
	loadersSide  = side{756, 190}
)

const drawingWidth = 756 + 190 + zonePadding + margin

// drawing is the diagram of a page. All its texts are printable.
type drawing struct {
	Width, Height int
	Zones         []*drawnZone
	Flows         []*drawnFlow
	Boxes         []*drawnBox
	// Folded says what stands for several, "" where nothing does.
	Folded string
}

// drawnZone is the border around what stands behind one boundary.
type drawnZone struct {
	X, Y, Width, Height int
	TextX, TextY        int
	Name                string
}

// drawnBox is a service or a channel.
type drawnBox struct {
	// N is the number of the node of a service or of channels.
	N int
	// Service is the number of the service on the page where the node is that of one, or 0.
	Service int
	// Channel is the number of the channel on the page where the node is that of one, or 0.
	Channel             int
	IsService, External bool
	Several             bool
	Class               string
	X, Y, Width, Height int
	TextX, TextY        int
	Kind, Text, Name    string
}

// drawnFlow is a line from a box to the next column. Box and Node are those at its ends,
// Service is as in [drawnBox].
type drawnFlow struct {
	Box, Node      int
	Service        int
	Class, D, Name string
}

// column is a column while its boxes find their places.
type column struct {
	side
	zones []*columnZone
	// row is where a box stands, counted from above.
	row   map[any]int
	boxes map[any]*drawnBox
}

type columnZone struct {
	name  string
	boxes []any
}

// newColumn groups boxes by zone; what is in none comes last.
func newColumn[T comparable](s side, nodes []T, zone func(T) string) *column {
	c := &column{side: s, row: make(map[any]int), boxes: make(map[any]*drawnBox)}
	for _, n := range nodes {
		name := zone(n)
		i := slices.IndexFunc(c.zones, func(z *columnZone) bool { return z.name == name })
		if i < 0 {
			i = len(c.zones)
			c.zones = append(c.zones, &columnZone{name: name})
		}
		c.zones[i].boxes = append(c.zones[i].boxes, n)
	}
	slices.SortStableFunc(c.zones, func(a, b *columnZone) int {
		return cmp.Or(cmp.Compare(order(a.name == ""), order(b.name == "")), cmp.Compare(a.name, b.name))
	})
	c.count()
	return c
}

func (c *column) count() {
	n := 0
	for _, z := range c.zones {
		for _, b := range z.boxes {
			c.row[b] = n
			n++
		}
	}
}

// near orders the boxes of each zone by where their neighbours stand, which makes lines
// cross less.
func (c *column) near(mean func(box any) float64) {
	for _, z := range c.zones {
		slices.SortStableFunc(z.boxes, func(a, b any) int { return cmp.Compare(mean(a), mean(b)) })
	}
	c.count()
}

// tall says how tall the column is.
func (c *column) tall() int {
	h := 0
	for i, z := range c.zones {
		if i > 0 {
			h += zoneGap
		}
		h += len(z.boxes)*boxStep - (boxStep - boxHeight)
		if z.name != "" {
			h += zoneHead + zonePadding
		}
	}
	return h
}

// draw has at most this many channels and services: a page of more is a carpet.
const (
	drawnChannels = 60
	drawnServices = 24
)

// draw lays a record out. numbers are those of channels on the page.
func draw(inv *inventory.Inventory, numbers map[*inventory.Channel]int) (*drawing, *graph) {
	g := graphOf(inv, drawnChannels, drawnServices)
	var writers, loaders []*serviceNode
	for _, s := range g.services {
		if s.writes > 0 {
			writers = append(writers, s)
		}
		if s.loads > 0 {
			loaders = append(loaders, s)
		}
	}
	zoneOf := func(s *serviceNode) string { return s.zone }
	left, right := newColumn(writersSide, writers, zoneOf), newColumn(loadersSide, loaders, zoneOf)
	middle := newColumn(channelsSide, g.channels, func(c *channelNode) string { return c.zone })
	for range 3 {
		middle.near(func(box any) float64 {
			return mean(g, func(f *flow) (float64, bool) {
				if f.loads {
					return part(right, f.service), f.channel == box
				}
				return part(left, f.service), f.channel == box
			})
		})
		for _, c := range []*column{left, right} {
			c.near(func(box any) float64 {
				return mean(g, func(f *flow) (float64, bool) {
					return part(middle, f.channel), f.service == box && f.loads == (c == right)
				})
			})
		}
	}
	d := &drawing{Width: drawingWidth, Height: max(left.tall(), middle.tall(), right.tall()) + 2*margin}
	for _, c := range []*column{left, middle, right} {
		d.place(c, numbers)
	}
	d.connect(g, left, middle, right)
	if g.folded {
		d.Folded = "There is more than fits: boxes stand for all channels with the same ends, kind or boundary, or for all services with the fewest flows."
	}
	return d, g
}

// part is how far down a column a box stands, from 0 to 1: columns differ in length.
func part(c *column, box any) float64 {
	return (float64(c.row[box]) + .5) / float64(max(len(c.row), 1))
}

func mean(g *graph, of func(*flow) (float64, bool)) float64 {
	total, n := 0.0, 0
	for _, f := range g.flows {
		if at, ok := of(f); ok {
			total += at
			n++
		}
	}
	if n == 0 {
		return .5
	}
	return total / float64(n)
}

// place gives the boxes of a column their places, in the middle of the height.
func (d *drawing) place(c *column, numbers map[*inventory.Channel]int) {
	y := (d.Height - c.tall()) / 2
	for _, z := range c.zones {
		if z.name != "" {
			height := zoneHead + zonePadding + len(z.boxes)*boxStep - (boxStep - boxHeight)
			d.Zones = append(d.Zones, &drawnZone{
				X: c.x - zonePadding, Y: y, Width: c.width + 2*zonePadding, Height: height, TextX: c.x, TextY: y + 17, Name: table.Cut(z.name, int(float64(c.width)/columnWidth)),
			})
			y += zoneHead
		}
		for _, box := range z.boxes {
			b := boxOf(box, numbers)
			b.X, b.Y, b.Width, b.Height, b.TextX, b.TextY = c.x, y, c.width, boxHeight, c.x+10, y+18
			room := int(float64(c.width-20) / columnWidth)
			if b.Kind != "" {
				b.Kind = table.Cut(b.Kind, room/3)
				room -= table.Width(b.Kind) + 1
			}
			b.Text = fit(b.Name, room)
			c.boxes[box] = b
			d.Boxes = append(d.Boxes, b)
			y += boxStep
		}
		y += zoneGap - (boxStep - boxHeight)
		if z.name != "" {
			y += zonePadding
		}
	}
}

func boxOf(box any, numbers map[*inventory.Channel]int) *drawnBox {
	switch n := box.(type) {
	case *serviceNode:
		return &drawnBox{N: n.n, IsService: true, External: n.external, Name: n.name}
	case *channelNode:
		b := &drawnBox{N: n.n, Kind: n.kind, Name: n.name, Several: len(n.channels) > 1}
		if n.severity > 0 {
			b.Class = n.severity.String()
		}
		if !b.Several {
			b.Channel = numbers[n.channels[0]]
		}
		return b
	}
	panic("render: a box of nothing")
}

func (d *drawing) connect(g *graph, left, middle, right *column) {
	for _, f := range g.flows {
		from, to := left.boxes[f.service], middle.boxes[f.channel]
		class, name := "writes", f.service.name+" writes "+f.channel.kind+" "+f.channel.name
		if f.loads {
			from, to = to, right.boxes[f.service]
			name = f.service.name + " loads " + f.channel.kind + " " + f.channel.name
			switch {
			case f.unchecked():
				class = "unchecked"
			case f.verification == unseen:
				class = "unseen"
			default:
				class = "checked"
			}
		}
		if label := f.label(); label != "" {
			name += " (" + label + ")"
		}
		x1, y1, x2, y2 := from.X+from.Width, from.Y+from.Height/2, to.X-4, to.Y+to.Height/2
		bend := (x2 - x1) / 2
		d.Flows = append(d.Flows, &drawnFlow{f.service.n, f.channel.n, 0, class, fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2), name})
	}
}

// name gives boxes that stand for one service its number on the page.
func (d *drawing) name(g *graph, services map[string]int) {
	of := make(map[int][]int)
	for name, node := range g.nodes {
		of[node.n] = append(of[node.n], services[name])
	}
	for _, b := range d.Boxes {
		if b.IsService && len(of[b.N]) == 1 {
			b.Service = of[b.N][0]
		}
	}
	for _, f := range d.Flows {
		if len(of[f.Box]) == 1 {
			f.Service = of[f.Box][0]
		}
	}
}
