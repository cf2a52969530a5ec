// Package pluginopen owns rule PKL310: a plugin is opened from a path that is not
// written in the program.
package pluginopen
