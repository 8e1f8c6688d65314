"""Writes the small ONNX models of the tests beside this file.

Run with Python 3.11 and `pip install onnx==1.23.2`: python make-models.py
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

HERE = Path(__file__).parent
OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
FLOAT, DOUBLE = TensorProto.FLOAT, TensorProto.DOUBLE
INT64, INT32 = TensorProto.INT64, TensorProto.INT32
BOOL, STRING = TensorProto.BOOL, TensorProto.STRING


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def write(name, nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    model = helper.make_model(graph, opset_imports=OPSETS, ir_version=8)
    checker.check_model(model)
    save(model, HERE / f"{name}.onnx")


def constant(name, array):
    return numpy_helper.from_array(array, name)


# The shape of the ride-duration model: features float32[n,3] to ride_duration float32[n,1].
write(
    "linear",
    [
        helper.make_node("MatMul", ["features", "weights"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["ride_duration"]),
    ],
    [value("features", FLOAT, ["n", 3])],
    [value("ride_duration", FLOAT, ["n", 1])],
    [
        constant("weights", np.array([[0.1], [0.01], [2.5]], np.float32)),
        constant("bias", np.array([1.1], np.float32)),
    ],
)

# Two inputs and two outputs by name.
write(
    "pair",
    [
        helper.make_node("Cast", ["b"], ["b_as_float"], to=FLOAT),
        helper.make_node("Add", ["a", "b_as_float"], ["sum"]),
        helper.make_node("Add", ["b", "b"], ["twice"]),
    ],
    [value("a", FLOAT, ["n"]), value("b", INT64, ["n"])],
    [value("sum", FLOAT, ["n"]), value("twice", INT64, ["n"])],
)

# Each element type goes through unchanged.
for name, kind in {
    "float16": TensorProto.FLOAT16,
    "float32": FLOAT,
    "float64": DOUBLE,
    "int64": INT64,
    "uint64": TensorProto.UINT64,
    "int32": INT32,
    "uint32": TensorProto.UINT32,
    "int16": TensorProto.INT16,
    "uint16": TensorProto.UINT16,
    "int8": TensorProto.INT8,
    "uint8": TensorProto.UINT8,
    "bool": BOOL,
    "string": STRING,
}.items():
    write(
        f"same-{name}",
        [helper.make_node("Identity", ["x"], ["y"])],
        [value("x", kind, ["n", "m"])],
        [value("y", kind, ["n", "m"])],
    )

# An index beyond the table is the caller's mistake, which only the run finds.
write(
    "embedding",
    [helper.make_node("Gather", ["table", "id"], ["vector"], axis=0)],
    [value("id", INT64, ["n"])],
    [value("vector", FLOAT, ["n", 2])],
    [constant("table", np.array([[1, 2], [3, 4], [5, 6]], np.float32))],
)

# A single value for the whole batch: there is no prediction per row.
write(
    "total",
    [helper.make_node("ReduceSum", ["x"], ["total"], keepdims=0)],
    [value("x", FLOAT, ["n"])],
    [value("total", FLOAT, [])],
)

# Pictures of 2 by 2, one at a time.
write(
    "picture",
    [helper.make_node("ReduceMean", ["pixels"], ["brightness"], axes=[1, 2], keepdims=0)],
    [value("pixels", FLOAT, [1, 2, 2])],
    [value("brightness", FLOAT, [1])],
)

# What a classifier of scikit-learn gives when it is exported with its default `zipmap`.
write(
    "zipmap",
    [helper.make_node("ZipMap", ["x"], ["scores"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])],
    [value("x", FLOAT, ["n", 2])],
    [
        helper.make_value_info(
            "scores",
            helper.make_sequence_type_proto(
                helper.make_map_type_proto(INT64, helper.make_tensor_type_proto(FLOAT, [])),
            ),
        )
    ],
)


def sequence_of_maps(name, key):
    """What ZipMap gives: a list with one map from class to score for each row."""
    tensor = helper.make_tensor_type_proto(FLOAT, [])
    return helper.make_value_info(
        name, helper.make_sequence_type_proto(helper.make_map_type_proto(key, tensor))
    )


# A classifier as skl2onnx and onnxmltools export it: a label, and a map of scores.
write(
    "classifier",
    [
        helper.make_node(
            "LinearClassifier",
            ["X"],
            ["output_label", "scores"],
            domain="ai.onnx.ml",
            classlabels_strings=["cat", "dog", "owl"],
            coefficients=[1.0, 0.0, 0.0, 1.0, 0.5, 0.5],
            intercepts=[0.0, 0.0, 0.0],
            post_transform="NONE",
        ),
        helper.make_node(
            "ZipMap",
            ["scores"],
            ["output_probability"],
            domain="ai.onnx.ml",
            classlabels_strings=["cat", "dog", "owl"],
        ),
    ],
    [value("X", FLOAT, ["n", 2])],
    [value("output_label", STRING, ["n"]), sequence_of_maps("output_probability", STRING)],
)

# A sequence that no ZipMap makes.
write(
    "split",
    [helper.make_node("SplitToSequence", ["x"], ["parts"], axis=0)],
    [value("x", FLOAT, ["n"])],
    [
        helper.make_value_info(
            "parts", helper.make_sequence_type_proto(helper.make_tensor_type_proto(FLOAT, [None]))
        )
    ],
)

# An operator that no runtime has.
mystery = helper.make_graph(
    [helper.make_node("Mystery", ["x"], ["y"], domain="com.example")],
    "mystery",
    [value("x", FLOAT, ["n"])],
    [value("y", FLOAT, ["n"])],
)
unknown = [*OPSETS, helper.make_opsetid("com.example", 1)]
save(helper.make_model(mystery, opset_imports=unknown, ir_version=8), HERE / "mystery.onnx")
