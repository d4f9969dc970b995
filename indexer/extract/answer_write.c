/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The document as messages. Its reader, answer_read.c, checks them; here nothing is. */
#include "indexer/extract/answer.h"

#include "text/decode.h"

enum { FLUSH_BYTES = 1 << 16, BLOCK_MAX_BYTES = 16 };

struct writer {
	int socket;
	struct buf out;
	struct buf payload; /* of the message under way */
	lupe_status status;
	struct lupe_error *err;
};

static void flush(struct writer *writer)
{
	if (writer->status == LUPE_OK)
		writer->status = protocol_send(writer->socket, buf_span(&writer->out), writer->err);
	buf_clear(&writer->out);
}

static void add_message(struct writer *writer, enum message_type type, struct span payload)
{
	message_add(&writer->out, type, payload);
	if (writer->out.len >= FLUSH_BYTES)
		flush(writer);
}

/* Sends the message under way. */
static void end_message(struct writer *writer, enum message_type type)
{
	add_message(writer, type, buf_span(&writer->payload));
	buf_clear(&writer->payload);
}

/* Whatever a parser has put there becomes one line of UTF-8, as the reader wants it. */
static void add_line(struct writer *writer, struct span value)
{
	BUF_SCOPED(decoded);
	BUF_SCOPED(line);

	text_decode(value, &decoded, NULL);
	document_set_field(&line, buf_span(&decoded));
	buf_add_span(&writer->payload, buf_span(&line));
}

static void add_field(struct writer *writer, enum answer_field field, const struct buf *value)
{
	if (!value->len)
		return;
	buf_add_byte(&writer->payload, (char)field);
	add_line(writer, buf_span(value));
	if (writer->payload.len > 1)
		end_message(writer, MESSAGE_FIELD);
	buf_clear(&writer->payload);
}

static void add_fields(struct writer *writer, const struct document *document)
{
	add_field(writer, ANSWER_TITLE, &document->title);
	add_field(writer, ANSWER_AUTHOR, &document->author);
	add_field(writer, ANSWER_BODY, &document->body);
	add_field(writer, ANSWER_LANGUAGE, &document->language);
	add_field(writer, ANSWER_NOTICE, &document->notice);
	if (document->date_source != DATE_NONE) {
		buf_add_byte(&writer->payload, (char)document->date_source);
		buf_add_string(&writer->payload, document->date.text);
		end_message(writer, MESSAGE_DATE);
	}
	buf_add_varint(&writer->payload, document->pages);
	buf_add_varint(&writer->payload, document->pages_without_text);
	buf_add_varint(&writer->payload,
		(document->image_only ? ANSWER_IMAGE_ONLY : 0) |
			(document->origins & ORIGIN_NAME_REFUSED ? ANSWER_NAME_REFUSED : 0));
	end_message(writer, MESSAGE_PAGES);
}

static void add_parts(struct writer *writer, enum message_type type, struct span whole)
{
	while (whole.len) {
		size_t len = whole.len < MESSAGE_MAX_BYTES ? whole.len : MESSAGE_MAX_BYTES;

		add_message(writer, type, (struct span){whole.ptr, len});
		whole = span_skip(whole, len);
	}
}

static void add_blocks(struct writer *writer, const struct document *document)
{
	uint32_t before = 0;

	for (size_t i = 0; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];

		/* A block that was begun and has no text. */
		if (block->begin >= document->text.len)
			break;
		buf_add_varint(&writer->payload, block->begin - before);
		buf_add_varint(&writer->payload, block->page);
		buf_add_byte(&writer->payload, (char)block->kind);
		buf_add_byte(&writer->payload, (char)block->level);
		before = block->begin;
		if (writer->payload.len > MESSAGE_MAX_BYTES - BLOCK_MAX_BYTES)
			end_message(writer, MESSAGE_BLOCKS);
	}
	if (writer->payload.len)
		end_message(writer, MESSAGE_BLOCKS);
}

static lupe_status finish(struct writer *writer)
{
	flush(writer);
	buf_done(&writer->out);
	buf_done(&writer->payload);
	return writer->status;
}

lupe_status answer_send(int socket, const struct document *document, struct lupe_error *err)
{
	struct writer writer = {.socket = socket, .err = err};

	add_fields(&writer, document);
	add_parts(&writer, MESSAGE_LABELS, buf_span(&document->page_labels));
	add_parts(&writer, MESSAGE_PICTURES, buf_span(&document->picture_pages));
	add_parts(&writer, MESSAGE_TEXT, buf_span(&document->text));
	add_blocks(&writer, document);
	buf_add_varint(&writer.payload, document->text.len);
	end_message(&writer, MESSAGE_END);
	return finish(&writer);
}

lupe_status answer_send_error(int socket, const struct document *document,
	const struct lupe_error *reason, struct lupe_error *err)
{
	struct writer writer = {.socket = socket, .err = err};

	buf_add_varint(&writer.payload, (uint64_t)-reason->status);
	buf_add_varint(&writer.payload, document->encrypted ? ANSWER_ENCRYPTED : 0);
	add_line(&writer, span_of(reason->message));
	end_message(&writer, MESSAGE_ERROR);
	return finish(&writer);
}
