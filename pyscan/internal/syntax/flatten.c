//go:build cgo && linux

// The functions of the tree-sitter library are compiled in another package,
// with which this one is linked at the very end. Weak references let it be
// linked alone before, as cgo does to learn what it needs.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "flatten.h"

// pl_cursor is TSTreeCursor of tree_sitter/api.h.
typedef struct {
  const void *tree, *id;
  uint32_t context[3];
} pl_cursor;

enum { PL_NO_MEMORY = 2 };

#define WEAK __attribute__((weak))
extern uint16_t ts_node_symbol(pl_node) WEAK;
extern uint32_t ts_node_start_byte(pl_node) WEAK;
extern uint32_t ts_node_end_byte(pl_node) WEAK;
extern bool ts_node_is_missing(pl_node) WEAK;
extern pl_cursor ts_tree_cursor_new(pl_node) WEAK;
extern void ts_tree_cursor_delete(pl_cursor *) WEAK;
extern pl_node ts_tree_cursor_current_node(const pl_cursor *) WEAK;
extern uint16_t ts_tree_cursor_current_field_id(const pl_cursor *) WEAK;
extern bool ts_tree_cursor_goto_first_child(pl_cursor *) WEAK;
extern bool ts_tree_cursor_goto_next_sibling(pl_cursor *) WEAK;
extern bool ts_tree_cursor_goto_parent(pl_cursor *) WEAK;

struct pl_walk {
  pl_cursor cursor;
  const uint8_t *named;
  uint32_t symbols, level;
  int broken, done;
  // fielded says, for each level, whether children of its node have fields.
  // Asking for a field takes longer than all else.
  uint8_t *fielded;
  uint32_t levels;
};

pl_walk *pl_open(pl_node root, const uint8_t *named, uint32_t symbols, int broken) {
  pl_walk *w = malloc(sizeof *w);
  if (w == NULL)
    return NULL;
  uint32_t levels = 256;
  uint8_t *fielded = calloc(levels, 1);
  if (fielded == NULL) {
    free(w);
    return NULL;
  }
  *w = (pl_walk){ts_tree_cursor_new(root), named, symbols, 0, broken, 0, fielded, levels};
  return w;
}

void pl_close(pl_walk *w) {
  ts_tree_cursor_delete(&w->cursor);
  free(w->fielded);
  free(w);
}

// pl_step moves the cursor to the next node in preorder. fielded is whether
// children of this one have fields.
static void pl_step(pl_walk *w, uint8_t fielded) {
  if (ts_tree_cursor_goto_first_child(&w->cursor)) {
    if (++w->level == w->levels) {
      uint8_t *more = realloc(w->fielded, 2 * (size_t)w->levels);
      if (more == NULL) {
        w->done = PL_NO_MEMORY;
        return;
      }
      w->fielded = more;
      w->levels *= 2;
    }
    w->fielded[w->level] = fielded;
    return;
  }
  while (!ts_tree_cursor_goto_next_sibling(&w->cursor)) {
    if (!ts_tree_cursor_goto_parent(&w->cursor)) {
      w->done = 1;
      return;
    }
    w->level--;
  }
}

uint32_t pl_read(pl_walk *w, pl_rec *out, uint32_t cap) {
  uint32_t n = 0;
  while (n < cap && !w->done) {
    pl_node node = ts_tree_cursor_current_node(&w->cursor);
    uint16_t symbol = ts_node_symbol(node);
    bool missing = w->broken && ts_node_is_missing(node);
    uint8_t named = symbol < w->symbols ? w->named[symbol] : 0;
    if (symbol == UINT16_MAX || missing || named) {
      uint16_t field = w->fielded[w->level] ? ts_tree_cursor_current_field_id(&w->cursor) : 0;
      out[n++] = (pl_rec){ts_node_start_byte(node), ts_node_end_byte(node), w->level, symbol, (uint8_t)field, missing};
    }
    pl_step(w, named == PL_FIELDED);
  }
  return w->done == PL_NO_MEMORY ? PL_FAILED : n;
}
