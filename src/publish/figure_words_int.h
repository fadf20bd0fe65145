/* What figures say together, in words: ranges, contradictions, whom a series counts. */
#ifndef GOVAH_PUBLISH_FIGURE_WORDS_INT_H
#define GOVAH_PUBLISH_FIGURE_WORDS_INT_H

#include "publish/sentence_int.h"

/* "336 to 530, no upper end" */
struct markup range_said(struct page *, const struct count_range *);

/* "children, in part, Tehran, 15 November 2019": whom, where and when the series counts. */
struct markup series_said(struct page *, const struct series *);

/* "as of 22 November 2022", "published 5 February 2023"; a date alone needs no word. */
struct markup stand_said(struct page *, const struct stand *);

/* A figure's value as a link to its sentence. */
struct markup value_said(struct page *, const struct figure_view *);

/* "527 (a monitor, as of 22 November 2022)", the value as a link to its sentence. */
struct markup count_said(struct page *, const struct count *);

/* Two counts that cannot both be true, and why: one sentence. */
struct markup conflict_said(struct page *, const struct conflict *);

#endif
