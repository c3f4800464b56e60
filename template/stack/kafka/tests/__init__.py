"""Tests of events over Kafka."""
