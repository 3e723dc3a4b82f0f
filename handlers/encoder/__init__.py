"""Sentence encoders: the one that is shipped, and any other that an operator names by path."""

from handlers.encoder.onnx import SHIPPED, OnnxEncoder, shipped

__all__ = ["SHIPPED", "OnnxEncoder", "shipped"]
