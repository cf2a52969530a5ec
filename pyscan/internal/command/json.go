package command

import "github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"

// json notes the strings of a JSON file, and its lists of strings as commands.
func (f *finder) json(file *pieces.Text) {
	for i := 0; i < len(file.Bytes); i++ {
		switch file.Bytes[i] {
		case '"':
			s, end := jsonString(file, i)
			if end < 0 {
				return
			}
			f.shell(s)
			i = end - 1
		case '[':
			if list, end := jsonList(file, i); end > 0 {
				f.list(list)
				for _, s := range list {
					f.shell(s)
				}
				i = end - 1
			}
		}
	}
}

// jsonString reads a string, and returns where it ends, or -1.
func jsonString(t *pieces.Text, at int) (s *pieces.Text, end int) {
	for i := at + 1; i < len(t.Bytes); i++ {
		switch t.Bytes[i] {
		case '\\':
			i++
		case '"':
			s = new(pieces.Text)
			s.Unquote(t, at+1, i)
			return s, i + 1
		}
	}
	return nil, -1
}

// jsonList reads a list of nothing but strings, and returns where it ends, or -1.
func jsonList(t *pieces.Text, at int) (list []*pieces.Text, end int) {
	for i := at + 1; i < len(t.Bytes); {
		switch c := t.Bytes[i]; c {
		case ' ', '\t', '\r', '\n', ',', '\\': // a backslash joins lines in a Dockerfile
			i++
		case ']':
			return list, i + 1
		case '"':
			s, end := jsonString(t, i)
			if end < 0 {
				return nil, -1
			}
			list = append(list, s)
			i = end
		default:
			return nil, -1
		}
	}
	return nil, -1
}
