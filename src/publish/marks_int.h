/* A text with marks in it. */
#ifndef GOVAH_PUBLISH_MARKS_INT_H
#define GOVAH_PUBLISH_MARKS_INT_H

#include "base/arena.h"
#include "publish/out.h"
#include "record/statement.h"
#include "store/query.h"

/* One marked range of a text. */
struct marked {
    struct span at;
    enum view_state state;
    bool undecided;
    struct str number; /* stands behind the end of the range, or empty */
    bool finding; /* no statement, but what cannot be as it is written: the rest says nothing */
    bool named;   /* no statement, but where somebody is named: likewise */
};

/* Appends the bytes [part.from, part.to) of the text, escaped, and the ranges in it marked.
 *
 * Ranges, in order of their start, may overlap and nest: the text is split at their ends, and each
 * piece that any range covers is one <mark>, so that marks never cross. A piece has the class of
 * the state that asks most of the reader: disputed, then proposed, accepted, rejected;
 * "doubted" where a finding reaches over it, "named" where somebody is named. Numbers
 * stand in the attribute data-number of the last piece of their range, and not in the text: without
 * its tags, what is written is the text escaped. What a range has outside of the part is cut. */
void marks_write(struct buf *, struct str text, struct span part, const struct marked *,
                 size_t count, struct arena *);

#endif
