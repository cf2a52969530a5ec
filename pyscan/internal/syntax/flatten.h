#ifndef PICKLELINT_FLATTEN_H
#define PICKLELINT_FLATTEN_H

#include <stdint.h>

// pl_node is TSNode of tree_sitter/api.h.
typedef struct {
  uint32_t context[4];
  const void *id;
  const void *tree;
} pl_node;

// pl_rec is one node of a walk in preorder. level counts the steps down from
// the root.
typedef struct {
  uint32_t start, end, level;
  uint16_t symbol;
  uint8_t field, missing;
} pl_rec;

typedef struct pl_walk pl_walk;

// PL_NAMED: the nodes of a symbol are told; PL_FIELDED: and the fields of their
// children.
#define PL_NAMED 1
#define PL_FIELDED 2
// PL_FAILED: memory was short.
#define PL_FAILED UINT32_MAX

// pl_open begins a walk, or returns NULL if memory is short. named says which
// nodes are told, by symbol; it must outlive the walk.
pl_walk *pl_open(pl_node root, const uint8_t *named, uint32_t symbols, int broken);
// pl_read writes up to cap records and returns their number, 0 at the end,
// or PL_FAILED.
uint32_t pl_read(pl_walk *w, pl_rec *out, uint32_t cap);
void pl_close(pl_walk *w);

#endif
