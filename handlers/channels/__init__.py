"""The ways to customers. Each turns payloads into messages, and replies into posts."""
