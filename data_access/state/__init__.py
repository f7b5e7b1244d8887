"""The portal's own memory, in any SQL database: sessions, tickets, sign-in attempts, audit."""
