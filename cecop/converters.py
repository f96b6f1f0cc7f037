"""Parts of addresses: what does not have the right shape is no address of the site."""

from django.urls import register_converter

from cecop.public_ids import ALPHABET, LENGTH, is_public_id


class PublicIdConverter:
    """A permanent identifier with the right check character."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        if not is_public_id(value):
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return value


class CountryConverter:
    """An ISO country code in small or capital letters."""

    regex = "[A-Za-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value.lower()


register_converter(PublicIdConverter, "public_id")
register_converter(CountryConverter, "country")
