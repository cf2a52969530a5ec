package caller

import "callee"

func f(c *callee.Codec) {
	callee.Read("x", nil, 1)   // want `call callee.Read of nil in caller.f`
	c.Read(1)                  // want `call \(\*callee.Codec\).Read of c in caller.f`
	callee.Generic[int](nil)   // want `call callee.Generic of nil in caller.f`
	_ = callee.Generic[string] // want `value callee.Generic of  in caller.f`
	callee.Unclear(nil, 1)     // want `call callee.Unclear of nil in caller.f`
	callee.Own(nil, 1)         // want `call callee.Own of nil in caller.f`
	callee.Doc(nil, 1) // want `call callee.Doc of nil in caller.f`
}
