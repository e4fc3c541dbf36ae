-- Several things that are asked for at once are decided in one index, without the tests that are left
-- out by that.

drop index ended_test_project;
drop index ended_test_owner;
drop index ended_test_client;
drop index ended_test_node;
drop index ended_test_fault;
drop index ended_test_code;
create index ended_test_project on ended_test (project, number, owner, verdict, fault, code);
create index ended_test_owner on ended_test (owner, number, project, verdict, fault, code);
create index ended_test_client on ended_test (client, number, project, owner, verdict, fault, code);
create index ended_test_node on ended_test (node, number, project, owner, verdict, fault, code);
create index ended_test_fault on ended_test (fault, number, verdict, code);
create index ended_test_code on ended_test (code, number, verdict, fault);
