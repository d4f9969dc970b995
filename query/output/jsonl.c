/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An object a line for each hit as it is found, between one that begins and one that ends. */
#include "query/output/json_parts.h"
#include "query/output/stream.h"

struct jsonl {
	const struct answer *answer;
	size_t hits, documents;
	uint32_t docid;
};

static void set_id(json_t *object, const struct answer *answer)
{
	if (answer->qid)
		json_object_set_new(object, "id", json_of(answer_id(answer)));
}

static void print_begin(const struct answer *answer)
{
	json_t *object = json_pack("{s:s, s:i}", "type", "begin", "schema", JSON_SCHEMA);
	set_id(object, answer);
	json_object_set_new(object, "query", json_of_query(answer));
	json_object_set_new(object, "index", json_of_index(answer));
	json_object_set_new(object, "completeness", json_of_completeness(answer));
	json_object_set_new(object, "total",
		json_pack("{s:I, s:b}", "documents", (json_int_t)answer->results->total, "exact",
			!answer->plan->capped));
	json_print(answer->out, object);
}

static lupe_status take(void *context, const struct occurrence *o, struct lupe_error *err)
{
	struct jsonl *j = context;
	(void)err;
	json_t *object = json_object();
	json_object_set_new(object, "type", json_string("hit"));
	set_id(object, j->answer);
	json_object_set_new(object, "rank", json_integer((json_int_t)o->rank));
	json_set_path(object, o->fields->path);
	json_object_set_new(object, "title", json_of_known(o->fields->title));
	json_object_set_new(object, "date", json_of_known(o->fields->date));
	json_object_set_new(object, "page", json_of_number(o->where.page));
	json_object_set_new(object, "page_label", json_of_known(o->where.label));
	json_object_set_new(object, "line", json_integer(o->where.line));
	json_object_set_new(object, "heading", json_of_known(o->heading));
	json_object_set_new(object, "begin", json_integer((json_int_t)o->place->begin));
	json_object_set_new(object, "end", json_integer((json_int_t)o->place->end));
	json_object_set_new(object, "m", json_integer(o->place->leaf));
	json_object_set_new(object, "via", json_string(via_name((enum via)o->place->via)));
	json_object_set_new(object, "left", json_of(buf_span(&o->words->left)));
	json_object_set_new(object, "match", json_of(buf_span(&o->words->match)));
	json_object_set_new(object, "right", json_of(buf_span(&o->words->right)));
	json_print(j->answer->out, object);
	j->documents += o->docid != j->docid;
	j->docid = o->docid;
	j->hits++;
	return output_is_closed(j->answer) ? LUPE_END : LUPE_OK;
}

lupe_status output_jsonl(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct jsonl j = {.answer = answer};
	struct stream_options options = {
		.heading = true, .words = true, .width = answer->settings->kwic_width};
	print_begin(answer);
	++*ret_printed;
	lupe_status status = stream_hits(answer, &options, take, &j, err);
	if (status != LUPE_OK)
		return status < 0 ? status : LUPE_OK;
	json_t *end = json_pack("{s:s, s:I, s:I, s:n}", "type", "end", "documents",
		(json_int_t)j.documents, "hits", (json_int_t)j.hits, "error");
	set_id(end, answer);
	json_print(answer->out, end);
	return LUPE_OK;
}
