/* What stands behind a count: who gives it, who merely passes it on, what is strange about it. */
#ifndef GOVAH_PUBLISH_FIGURE_STANDING_INT_H
#define GOVAH_PUBLISH_FIGURE_STANDING_INT_H

#include "publish/sentence_int.h"

/* The class of a source, "official"; empty where it is not known. */
struct str class_said(const struct voice *, enum source_class);

/* Appends notes to a count: what it passes on and how that is known, how many independent sources
 * give its number, that another count contradicts it. */
void standing_write(struct page *, const struct count *);

/* A sentence. */
struct markup flag_said(struct page *, const struct flag *);

/* Appends the section of what is strange in a group; nothing when nothing is. */
void flags_write(struct page *, const struct group *);

/* Appends the range of each class of sources, where more than one counts. */
void classes_write(struct page *, const struct series *);

#endif
