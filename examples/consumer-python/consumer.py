"""Listens to a topic of Side by Side, proves that nothing is missing and prints what it is told, each message once.

    pip install -r requirements.txt
    python consumer.py BROKERS TOPIC [COUNT]

COUNT: ends after so many messages. KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM (PLAIN) and KAFKA_SSL (true) are
taken from the environment.
"""
import hashlib
import json
import os
import sys

from kafka import KafkaConsumer

# Where each key's chain stands. Keep it beside what you make of the messages, and write both together: then a restart
# loses nothing and does nothing twice.
chains = {}


def proved(event):
    """The hash of a message, once it is shown to belong to it."""
    given = event["hash"]
    rest = {name: value for name, value in event.items() if name != "hash"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(text.encode()).hexdigest() != given:
        raise ValueError(f"Number {event['sequence']} of {event['subject']} is not what was sent.")
    return given


def is_news(event):
    """Is it news? Raises when it was altered or one before it is missing."""
    key, place, digest = event["subject"], int(event["sequence"]), proved(event)
    last = chains.get(key)
    if last and digest in last["seen"]:
        return False
    begins = last is None or last["ended"]
    expected = (1, "") if begins else (last["place"] + 1, last["hash"])
    if (place, event.get("previoushash", "")) != expected:
        raise ValueError(f"Before number {place} of {key} a message is missing.")
    seen = last["seen"] if last else set()
    seen.add(digest)
    chains[key] = {"place": place, "hash": digest, "ended": event.get("endskey", False), "seen": seen}
    return True


def connection(brokers):
    """How to reach the brokers, from the environment."""
    username, ssl = os.environ.get("KAFKA_USERNAME"), os.environ.get("KAFKA_SSL") == "true"
    settings = {
        "bootstrap_servers": brokers.split(","),
        "security_protocol": ("SASL_" if username else "") + ("SSL" if ssl else "PLAINTEXT"),
    }
    if username:
        settings["sasl_mechanism"] = os.environ.get("KAFKA_MECHANISM", "PLAIN").upper()
        settings["sasl_plain_username"] = username
        settings["sasl_plain_password"] = os.environ.get("KAFKA_PASSWORD", "")
    return settings


def main(brokers="127.0.0.1:9092", topic="sidebyside.schools.v1", count="0"):
    consumer = KafkaConsumer(topic, auto_offset_reset="earliest", enable_auto_commit=False, **connection(brokers))
    told = 0
    for record in consumer:
        event = json.loads(record.value)
        if not is_news(event):
            continue
        print(event["time"], event["type"], json.dumps(event["data"], ensure_ascii=False), flush=True)
        told += 1
        if told == int(count):
            break
    consumer.close()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except ValueError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass
