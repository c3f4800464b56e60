"""Django's tasks, each started once the transaction that asks for it is committed."""
