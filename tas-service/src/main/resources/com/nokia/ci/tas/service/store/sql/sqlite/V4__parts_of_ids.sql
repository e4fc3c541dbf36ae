-- Finds ids by a part of them: every three characters. Holds no ids itself.

create virtual table ended_test_text using fts5(
  id, content='', tokenize='trigram', columnsize=0
);

insert into ended_test_text (rowid, id) select number, id from ended_test;
