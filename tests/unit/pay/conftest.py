"""An order to begin with, and readers of codes that are not ours."""

from decimal import Decimal
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from sheetsdun.pay import Order


@pytest.fixture
def order():
    """One payment; arguments replace what it is about."""

    def make(
        amount="1250.00", currency="EUR", *, invoices=("2026-0117",), reference="SD-7K3F9Q", single=None
    ):
        return Order(
            amount=Decimal(amount),
            currency=currency,
            invoices=tuple(invoices),
            reference=reference,
            single=len(invoices) == 1 if single is None else single,
        )

    return make


@pytest.fixture
def scanned():
    """The bytes that an independent reader (zxing-cpp) finds in a picture, with the code's error correction."""

    def read(png):
        with Image.open(BytesIO(png)) as picture:
            found = zxingcpp.read_barcodes(picture.convert("L"))
        assert len(found) == 1
        return bytes(found[0].bytes), found[0].ec_level

    return read
