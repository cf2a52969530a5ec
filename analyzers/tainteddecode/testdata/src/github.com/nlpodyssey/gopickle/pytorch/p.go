package pytorch

func Load(filename string) (any, error) { return nil, nil }
