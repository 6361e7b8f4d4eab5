"""What PostgreSQL says of a query: one small module a kind of fact, each a function of a connection and of SQL.

They need a database with this library's schema, and leave it as it is: what they do is rolled back.
"""
